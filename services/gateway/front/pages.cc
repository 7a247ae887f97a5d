#include "services/gateway/front/pages.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/seal/seal.h"
#include "services/gateway/front/gzip.h"
#include "services/gateway/openapi/embedded.h"

namespace staraction::gateway {
namespace {

constexpr size_t kEtagDigits = 32;
constexpr char kText[] = "text/plain; charset=utf-8";

// Scripts and styles of this gateway only; the pages set styles of elements themselves.
constexpr char kPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' "
    "data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr char kPage[] = R"(<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>StarAction API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<body>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
)";

constexpr char kStart[] = R"(SwaggerUIBundle({
  url: '/openapi.json', dom_id: '#api', docExpansion: 'none', filter: true, deepLinking: true,
  defaultModelsExpandDepth: 0, validatorUrl: null, persistAuthorization: false,
});
)";

}  // namespace

Pages::Pages(std::string contract) {
  Add("/openapi.json", "application/json", std::move(contract));
  Add("/docs", "text/html; charset=utf-8", kPage);
  Add("/docs/start.js", "text/javascript; charset=utf-8", kStart);
  Add("/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8",
      std::string(embedded::SwaggerUiScript()));
  Add("/docs/swagger-ui.css", "text/css; charset=utf-8", std::string(embedded::SwaggerUiStyle()));
  Add("/docs/license.txt", kText, std::string(embedded::SwaggerUiLicense()));
}

void Pages::Add(const std::string& path, const char* content_type, std::string content) {
  Page page;
  // Weak: the same page goes out compressed, too.
  page.etag = absl::StrCat("W/\"", Seal(content).substr(0, kEtagDigits), "\"");
  // Compressed once, or anybody could have it done again and again.
  page.packed = page.whole = {200, content_type, std::move(content), {}};
  CompressFor("gzip", page.packed);
  page.unchanged = {304, "", "", {}};
  for (HttpReply* reply : {&page.whole, &page.packed}) {
    reply->shared_body = std::make_shared<const std::string>(std::move(reply->body));
  }
  for (HttpReply* reply : {&page.whole, &page.packed, &page.unchanged}) {
    if (reply != &page.packed) reply->headers.Add("Vary", "Accept-Encoding");
    reply->headers.Add("ETag", page.etag);
    reply->headers.Add("Cache-Control", "no-cache");
    reply->headers.Add("Content-Security-Policy", kPolicy);
  }
  pages_.emplace(path, std::move(page));
}

const HttpReply* Pages::Find(std::string_view path, const Headers& headers) const {
  const auto found = pages_.find(path);
  if (found == pages_.end()) return nullptr;
  const Page& page = found->second;
  if (headers.Get("if-none-match") == page.etag) return &page.unchanged;
  return TakesGzip(headers.Get("accept-encoding")) ? &page.packed : &page.whole;
}

}  // namespace staraction::gateway
