#include "common/json/strict_json.h"

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace staraction {
namespace {

constexpr int kMaxDepth = 8;

// Watches the parser's events for what the library itself lets pass; keeps the first fault.
class Watcher {
 public:
  bool operator()(int depth, nlohmann::json::parse_event_t event, const nlohmann::json& value) {
    using Event = nlohmann::json::parse_event_t;
    if (depth > kMaxDepth) Note(absl::StrCat("nested deeper than ", kMaxDepth));
    if (event == Event::object_start) members_.emplace_back();
    if (event == Event::object_end && !members_.empty()) members_.pop_back();
    if (event == Event::key) SeeName(value.get_ref<const std::string&>());
    if (event == Event::value && value.is_string()) SeeText(value.get_ref<const std::string&>());
    return true;
  }
  const std::string& fault() const { return fault_; }

 private:
  void SeeName(const std::string& name) {
    SeeText(name);
    if (!members_.back().insert(name).second) Note("a member occurs twice");
  }
  void SeeText(const std::string& text) {
    if (text.find('\0') != std::string::npos) Note("NUL in a text");
  }
  void Note(const std::string& fault) {
    if (fault_.empty()) fault_ = fault;
  }

  std::vector<std::set<std::string>> members_;
  std::string fault_;
};

}  // namespace

absl::StatusOr<nlohmann::json> ParseStrictJsonObject(std::string_view text, size_t max_bytes) {
  if (text.size() > max_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("JSON has ", text.size(), " bytes, at most ", max_bytes, " are allowed"));
  }
  // The library would skip a byte order mark; nothing else that begins an object is not '{'.
  if (!text.empty() && text.front() == '\xEF') {
    return absl::InvalidArgumentError("JSON begins with a byte order mark");
  }
  Watcher watcher;
  const auto watch = [&watcher](int depth, nlohmann::json::parse_event_t event,
                                nlohmann::json& value) { return watcher(depth, event, value); };
  nlohmann::json value = nlohmann::json::parse(text, watch, /*allow_exceptions=*/false);
  if (value.is_discarded()) return absl::InvalidArgumentError("not valid JSON");
  if (!watcher.fault().empty()) return absl::InvalidArgumentError("JSON: " + watcher.fault());
  if (!value.is_object()) return absl::InvalidArgumentError("JSON is not an object");
  return value;
}

}  // namespace staraction
