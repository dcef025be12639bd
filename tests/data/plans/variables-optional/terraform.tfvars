listeners = {
  web = { port = "443" }
  api = { port = 8443, protocol = "HTTP", health = { path = "/health" }, unknown = "dropped" }
  odd = { port = 1, protocol = null, extra = [1, 2], tags = { a = 1 } }
}
