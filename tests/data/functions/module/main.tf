# The console runs here.
