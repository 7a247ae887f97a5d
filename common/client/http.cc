#include "common/client/http.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace staraction {
namespace {

struct Body {
  std::string text;
  size_t max_bytes;
  bool too_large = false;
};

// Anything but `size` as the answer makes libcurl stop.
size_t Receive(char* data, size_t unit, size_t count, void* user) {
  auto* body = static_cast<Body*>(user);
  const size_t size = unit * count;
  if (size > body->max_bytes - body->text.size()) {
    body->too_large = true;
    return 0;
  }
  body->text.append(data, size);
  return size;
}

// Asks about the address that is about to be connected to.
struct Gate {
  const std::function<bool(const sockaddr&)>& may_connect;
  bool refused = false;
};

curl_socket_t OpenSocket(void* user, curlsocktype, struct curl_sockaddr* address) {
  auto* gate = static_cast<Gate*>(user);
  gate->refused = !gate->may_connect(address->addr);
  if (gate->refused) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void InitializeOnce() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) std::abort();
}

absl::Status Failure(CURLcode code, const Body& body, const char* detail) {
  const std::string text = absl::StrCat(curl_easy_strerror(code), *detail ? ": " : "", detail);
  if (body.too_large || code == CURLE_FILESIZE_EXCEEDED) {
    return absl::ResourceExhaustedError(absl::StrCat("body exceeds ", body.max_bytes, " bytes"));
  }
  if (code == CURLE_OPERATION_TIMEDOUT) return absl::DeadlineExceededError(text);
  if (code == CURLE_URL_MALFORMAT) return absl::InvalidArgumentError(text);
  return absl::UnavailableError(text);
}

void SetLimits(CURL* handle, const HttpGetOptions& options) {
  const int64_t millis = absl::ToInt64Milliseconds(options.time);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<int64_t>(millis, 1)));
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);  // Signals are no use with threads.
  curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options.max_bytes));
  if (!options.ca_file.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, options.ca_file.c_str());
    curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
  }
}

// Where the request may go, with redirects.
void SetWay(CURL* handle, bool secure, const HttpGetOptions& options, Gate& gate) {
  const char* schemes = secure ? "https" : "http";
  if (options.may_connect) {
    schemes = "http,https";
    curl_easy_setopt(handle, CURLOPT_PROXY, "");  // which would connect in our place
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &OpenSocket);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &gate);
  }
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, schemes);
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, schemes);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, static_cast<long>(options.max_redirects));
}

HttpResponse ToResponse(CURL* handle, std::string body) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  const char* type = nullptr;
  curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type);
  const char* url = nullptr;
  curl_easy_getinfo(handle, CURLINFO_EFFECTIVE_URL, &url);
  return {static_cast<int>(status), std::move(body), type == nullptr ? "" : type,
          url == nullptr ? "" : url};
}

}  // namespace

absl::StatusOr<HttpResponse> HttpGet(const std::string& url, const HttpGetOptions& options) {
  const bool secure = absl::StartsWithIgnoreCase(url, "https://");
  if (!secure && !absl::StartsWithIgnoreCase(url, "http://")) {
    return absl::InvalidArgumentError("URL is neither http nor https");
  }
  InitializeOnce();
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                 curl_easy_cleanup);
  if (!curl) return absl::UnavailableError("libcurl has no handle");
  Body body{"", options.max_bytes};
  Gate gate{options.may_connect};
  char detail[CURL_ERROR_SIZE] = "";
  CURL* handle = curl.get();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  SetWay(handle, secure, options, gate);
  SetLimits(handle, options);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Receive);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &body);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "staraction");
  const CURLcode code = curl_easy_perform(handle);
  if (code != CURLE_OK && gate.refused) {
    return absl::PermissionDeniedError("the address is not to be connected to");
  }
  if (code != CURLE_OK) return Failure(code, body, detail);
  return ToResponse(handle, std::move(body.text));
}

}  // namespace staraction
