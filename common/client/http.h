#ifndef STARACTION_COMMON_CLIENT_HTTP_H_
#define STARACTION_COMMON_CLIENT_HTTP_H_

#include <sys/socket.h>

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace staraction {

struct HttpGetOptions {
  absl::Duration time = absl::Seconds(5);  // For everything together, at least 1 ms.
  size_t max_bytes = 1024 * 1024;          // Of the body.
  int max_redirects = 3;                   // Followed within the scheme of the URL only.
  std::string ca_file;                     // PEM of trusted authorities instead of the system's.
  // For URLs that come from people. Asked about each address right before it is connected to, so
  // that no redirect and no changing name leads elsewhere. With it no proxy is used, and redirects
  // may lead from http to https and back.
  std::function<bool(const sockaddr& address)> may_connect = nullptr;
};

struct HttpResponse {
  int status = 0;
  std::string body;
  std::string content_type;  // as it came
  std::string url;           // that answered, after redirects
};

// GET of an http or https URL that the configuration names; one from a request only with
// `may_connect`. Blocks; thread safe. Any HTTP status is a response. INVALID_ARGUMENT: not such a
// URL. DEADLINE_EXCEEDED: the time is up. RESOURCE_EXHAUSTED: the body is larger.
// PERMISSION_DENIED: `may_connect` refused. UNAVAILABLE: anything else, like no connection, a bad
// certificate, too many redirects or one to another scheme. The environment's proxy variables apply
// as in other programs.
absl::StatusOr<HttpResponse> HttpGet(const std::string& url, const HttpGetOptions& options);

}  // namespace staraction

#endif  // STARACTION_COMMON_CLIENT_HTTP_H_
