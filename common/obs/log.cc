#include "common/obs/log.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/time/time.h"
#include "common/base/utf8.h"

namespace staraction {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames = {"debug", "info", "warning", "error"};

struct Sink {
  std::string service;
  Clock clock;
  int file_descriptor = 2;
};

std::atomic<LogLevel> g_level{LogLevel::kInfo};
// Serialises lines too: a write longer than a pipe's buffer is not atomic by itself.
std::mutex g_write_mutex;

std::shared_ptr<const Sink>& CurrentSink() {
  static auto& sink = *new std::shared_ptr<const Sink>(new Sink{"", RealClock(), 2});
  return sink;
}

void AppendJsonString(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (size_t offset = 0; offset < text.size();) {
    const size_t start = offset;
    const char32_t c = NextCodePoint(text, offset);
    if (c == kInvalidCodePoint) {
      AppendCodePoint(out, 0xFFFD);
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c < 0x20 || c == 0x7F) {
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 0xF];
    } else {
      out += text.substr(start, offset - start);
    }
  }
  out += '"';
}

template <typename Number>
void AppendNumber(std::string& out, Number value) {
  char digits[32];
  const auto result = std::to_chars(digits, digits + sizeof(digits), value);
  out.append(digits, result.ptr);
}

void AppendValue(std::string& out, const LogField::Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    AppendJsonString(out, *text);
  } else if (const auto* flag = std::get_if<bool>(&value)) {
    out += *flag ? "true" : "false";
  } else if (const auto* integer = std::get_if<int64_t>(&value)) {
    AppendNumber(out, *integer);
  } else if (const double number = std::get<double>(value); std::isfinite(number)) {
    AppendNumber(out, number);
  } else {
    out += "null";
  }
}

void AppendMember(std::string& out, std::string_view key, const LogField::Value& value) {
  out += out.empty() ? "{" : ",";
  AppendJsonString(out, key);
  out += ':';
  AppendValue(out, value);
}

void WriteLine(int file_descriptor, std::string_view line) {
  const std::lock_guard<std::mutex> lock(g_write_mutex);
  while (!line.empty()) {
    const ssize_t written = write(file_descriptor, line.data(), line.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    line.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace

void InitLog(const std::string& service, Clock clock, int file_descriptor) {
  CurrentSink() = std::make_shared<Sink>(Sink{service, std::move(clock), file_descriptor});
}

void SetLogLevel(LogLevel level) {
  g_level.store(level, std::memory_order_relaxed);
}

LogLevel GetLogLevel() {
  return g_level.load(std::memory_order_relaxed);
}

bool ParseLogLevel(std::string_view text, LogLevel& level) {
  for (size_t i = 0; i < kLevelNames.size(); ++i) {
    if (text != kLevelNames[i]) continue;
    level = static_cast<LogLevel>(i);
    return true;
  }
  return false;
}

void Log(LogLevel level, std::string_view message, std::span<const LogField> fields) {
  if (level < GetLogLevel()) return;
  const std::shared_ptr<const Sink> sink = CurrentSink();
  const std::string time =
      absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", sink->clock(), absl::UTCTimeZone());
  std::string line;
  line.reserve(256);
  AppendMember(line, "time", time);
  AppendMember(line, "level", kLevelNames[static_cast<size_t>(level)]);
  if (!sink->service.empty()) AppendMember(line, "service", sink->service);
  AppendMember(line, "message", message);
  for (const LogField& field : fields) AppendMember(line, field.key(), field.value());
  line += "}\n";
  WriteLine(sink->file_descriptor, line);
}

void Log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  Log(level, message, std::span<const LogField>(fields.begin(), fields.size()));
}

}  // namespace staraction
