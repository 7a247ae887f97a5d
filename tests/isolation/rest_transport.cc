#include "tests/isolation/rest_transport.h"

#include <curl/curl.h>

#include <iostream>
#include <set>

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/json/message_writer.h"
#include "google/api/annotations.pb.h"

namespace staraction::test {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using nlohmann::json;

// Headers that differ from answer to answer by nature: its moment, its id, its length and hash.
const auto* const kOwnHeaders = new std::set<std::string>{
    "date", "x-request-id", "content-length", "etag", "traceparent", "ratelimit-remaining"};

std::string Escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool plain = absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                       absl::StrContains("-._~/", std::string(1, c));
    if (plain) {
      out += c;
    } else {
      absl::StrAppend(&out, "%", absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad2));
    }
  }
  return out;
}

// "client.name" as a JSON document has it.
json::json_pointer PointerTo(const Descriptor& type, const std::string& path) {
  json::json_pointer pointer;
  const Descriptor* at = &type;
  for (const auto part : absl::StrSplit(path, '.')) {
    const auto* field = at->FindFieldByName(std::string(part));
    pointer /= field->json_name();
    at = field->message_type();
  }
  return pointer;
}

// Takes the values of the template's variables out of the document.
std::string FillPath(const std::string& pattern, const Descriptor& type, json& document) {
  std::string path;
  size_t copied = 0;
  for (size_t open = pattern.find('{'); open != std::string::npos;
       open = pattern.find('{', open + 1)) {
    const size_t close = pattern.find('}', open);
    const std::string variable = pattern.substr(open + 1, close - open - 1);
    const auto pointer = PointerTo(type, variable.substr(0, variable.find('=')));
    path += pattern.substr(copied, open - copied);
    if (document.contains(pointer)) {
      path += Escaped(document.at(pointer).get<std::string>());
      document.at(pointer.parent_pointer()).erase(pointer.back());
    }
    copied = close + 1;
  }
  return path + pattern.substr(copied);
}

void AddQuery(const json& value, const std::string& name, std::vector<std::string>& parts) {
  if (value.is_object()) {
    for (const auto& [member, below] : value.items()) {
      AddQuery(below, name.empty() ? member : absl::StrCat(name, ".", member), parts);
    }
  } else if (value.is_array()) {
    for (const json& each : value) AddQuery(each, name, parts);
  } else {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    parts.push_back(absl::StrCat(name, "=", Escaped(text)));
  }
}

size_t Append(char* data, size_t size, size_t count, void* out) {
  static_cast<std::string*>(out)->append(data, size * count);
  return size * count;
}

// Lines of the headers that may be compared.
std::string Comparable(const std::string& headers) {
  std::string out;
  for (const auto line : absl::StrSplit(headers, "\r\n")) {
    const std::string name = absl::AsciiStrToLower(line.substr(0, line.find(':')));
    if (kOwnHeaders->count(name) == 0) absl::StrAppend(&out, line, "\n");
  }
  return out;
}

}  // namespace

RestRequest ToRest(const MethodDescriptor& method, const Message& request) {
  const auto& rule = method.options().GetExtension(google::api::http);
  std::string text;
  AppendJson(request, JsonStyle(), text);
  json document = json::parse(text);
  const auto [verb, pattern] = rule.has_get()     ? std::pair("GET", rule.get())
                               : rule.has_post()  ? std::pair("POST", rule.post())
                               : rule.has_patch() ? std::pair("PATCH", rule.patch())
                               : rule.has_put()   ? std::pair("PUT", rule.put())
                                                  : std::pair("DELETE", rule.delete_());
  RestRequest out{verb, FillPath(pattern, *method.input_type(), document), ""};
  if (rule.body() == "*") {
    out.body = document.dump();
    return out;
  }
  if (!rule.body().empty()) {
    const auto pointer = PointerTo(*method.input_type(), rule.body());
    out.body = document.contains(pointer) ? document.at(pointer).dump() : "{}";
    document.erase(pointer.back());
  }
  std::vector<std::string> query;
  AddQuery(document, "", query);
  if (!query.empty()) absl::StrAppend(&out.path, "?", absl::StrJoin(query, "&"));
  return out;
}

struct RestTransport::Session {
  CURL* curl = curl_easy_init();
  std::string body, headers;
  ~Session() { curl_easy_cleanup(curl); }

  CURLcode Perform(const std::string& url, const RestRequest& rest, const std::string& token);
};

CURLcode RestTransport::Session::Perform(const std::string& url, const RestRequest& rest,
                                         const std::string& token) {
  body.clear();
  headers.clear();
  curl_easy_reset(curl);
  curl_slist* own = curl_slist_append(nullptr, "Content-Type: application/json");
  if (!token.empty()) own = curl_slist_append(own, ("Authorization: Bearer " + token).c_str());
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, rest.verb.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, own);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
  if (rest.verb != "GET" && rest.verb != "DELETE") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(rest.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, rest.body.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, Append);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &headers);
  const CURLcode code = curl_easy_perform(curl);
  curl_slist_free_all(own);
  return code;
}

RestTransport::RestTransport(std::string gateway)
    : gateway_(std::move(gateway)), session_(std::make_unique<Session>()) {}
RestTransport::~RestTransport() = default;

bool RestTransport::Serves(const MethodDescriptor& method) const {
  return method.options().HasExtension(google::api::http);
}

Answer RestTransport::Send(const MethodDescriptor& method, const Message& request,
                           const std::string& token) {
  const RestRequest rest = ToRest(method, request);
  const CURLcode code = session_->Perform(gateway_ + rest.path, rest, token);
  long status = 0;
  double seconds = 0;
  curl_easy_getinfo(session_->curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(session_->curl, CURLINFO_TOTAL_TIME, &seconds);
  Answer answer;
  answer.ok = status / 100 == 2;
  answer.code = code == CURLE_OK ? absl::StrCat(status) : curl_easy_strerror(code);
  answer.headers = Comparable(session_->headers);
  answer.took = absl::Seconds(seconds);
  const json parsed = json::parse(session_->body, nullptr, false);
  answer.text = parsed.is_discarded() ? session_->body : parsed.dump();
  return answer;
}

}  // namespace staraction::test
