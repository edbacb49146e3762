/// Answers each request with a greeting and the path that was asked for.
func answer(_ request: Request) -> Response {
    Response(200, "Hello from Swift, at \(request.path)\n")
}
