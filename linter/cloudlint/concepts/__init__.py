"""What policies talk about, and the adapters that find it in the graph."""
