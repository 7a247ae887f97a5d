#ifndef STARACTION_COMMON_OBS_LOG_H_
#define STARACTION_COMMON_OBS_LOG_H_

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "absl/strings/string_view.h"
#include "common/base/clock.h"
#include "common/base/strings.h"

// The log: JSON lines on standard error, one object a line, in English. Personal data never goes
// in: messages are constants, and what varies are named fields (names of methods, codes, counts,
// durations, resource names), never request bodies, names of people or addresses.
namespace staraction {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// One named value of a line. Refers to the caller's text, which must outlive the call.
class LogField {
 public:
  using Value = std::variant<bool, int64_t, double, std::string_view>;

  LogField(std::string_view key, std::string_view value) : key_(key), value_(value) {}
  LogField(std::string_view key, const char* value) : key_(key), value_(std::string_view(value)) {}
  LogField(std::string_view key, const std::string& value)
      : key_(key), value_(std::string_view(value)) {}
  LogField(std::string_view key, absl::string_view value) : key_(key), value_(ToStd(value)) {}
  LogField(std::string_view key, double value) : key_(key), value_(value) {}
  LogField(std::string_view key, bool value) : key_(key), value_(value) {}
  template <std::integral Integer>
  LogField(std::string_view key, Integer value) : key_(key), value_(static_cast<int64_t>(value)) {}

  std::string_view key() const { return key_; }
  const Value& value() const { return value_; }

 private:
  std::string_view key_;
  Value value_;
};

// Sets what every line carries and where lines go. Before it, lines have no service and the
// machine's time. Called once at the start, before other threads log.
void InitLog(const std::string& service, Clock clock, int file_descriptor = 2);

// Lines below the level are dropped. May be changed at any time, by any thread; kInfo at first.
void SetLogLevel(LogLevel level);
LogLevel GetLogLevel();

// "debug", "info", "warning" or "error" to the level; false and no change if it is another word.
bool ParseLogLevel(std::string_view text, LogLevel& level);

// Writes one line with time (RFC 3339, UTC, microseconds), level, service, message and the fields:
//   Log(LogLevel::kInfo, "rpc", {{"method", method}, {"code", "OK"}, {"ms", 1.2}});
// Thread-safe; lines never mix. Invalid UTF-8 becomes U+FFFD, an infinite number null. A log that
// cannot be written is dropped silently.
void Log(LogLevel level, std::string_view message, std::span<const LogField> fields);
void Log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});

}  // namespace staraction

#endif  // STARACTION_COMMON_OBS_LOG_H_
