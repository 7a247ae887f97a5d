#include "common/resource/value.h"

#include <cmath>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "common/base/utf8.h"

namespace staraction {
namespace {

using common::v1::FieldLimits;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kMaxCodePoints = 1000;
constexpr size_t kMaxTokenLength = 16000;
constexpr size_t kMaxBytes = 16 << 20;
// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z, as google.protobuf.Timestamp says.
constexpr int64_t kFirstSecond = -62135596800;
constexpr int64_t kLastSecond = 253402300799;
// About 10,000 years either way, as google.protobuf.Duration says.
constexpr int64_t kLongestSeconds = 315576000000;
constexpr int64_t kNanosPerSecond = 1'000'000'000;

constexpr char kDate[] = "google.type.Date";
constexpr char kTimestamp[] = "google.protobuf.Timestamp";
constexpr char kDuration[] = "google.protobuf.Duration";

Phrase Quoted(const std::string& value) {
  return {absl::StrCat("'", value, "'"), absl::StrCat("「", value, "」")};
}

Phrase Counted(size_t count, const std::string& en, const std::string& ja) {
  return {absl::StrCat(count, " ", en), absl::StrCat(count, ja)};
}

Phrase AtMost(size_t count, const std::string& en, const std::string& ja) {
  return {absl::StrCat("at most ", count, " ", en), absl::StrCat(count, ja, "以内")};
}

size_t MaxLength(const FieldLimits& limits, size_t otherwise) {
  if (!limits.has_max_length()) return otherwise;
  return limits.max_length() < 0 ? 0 : static_cast<size_t>(limits.max_length());
}

std::optional<ValueProblem> CheckText(const std::string& text, const FieldLimits& limits,
                                      size_t max_length) {
  if (!IsValidUtf8(text)) {
    return ValueProblem{Counted(text.size(), "bytes that are not UTF-8", "バイトのUTF-8でない値"),
                        {"UTF-8 text", "UTF-8の文字列"}};
  }
  const size_t length = Utf8Length(text);
  const size_t most = MaxLength(limits, max_length);
  if (length > most) {
    return ValueProblem{Counted(length, "characters", "文字"), AtMost(most, "characters", "文字")};
  }
  if (const auto wanted = FormatProblem(limits.format(), text)) {
    const Phrase came = MayShow(limits.format()) ? Quoted(Shorten(text))
                                                 : Counted(length, "characters", "文字の値");
    return ValueProblem{came, *wanted};
  }
  return std::nullopt;
}

std::optional<ValueProblem> CheckBytes(const std::string& bytes, const FieldLimits& limits) {
  const size_t most = MaxLength(limits, kMaxBytes);
  if (bytes.size() <= most) return std::nullopt;
  return ValueProblem{Counted(bytes.size(), "bytes", "バイト"), AtMost(most, "bytes", "バイト")};
}

// Compares an integer of any type with a limit.
template <typename Integer>
bool Less(Integer value, int64_t limit) {
  if constexpr (std::is_unsigned_v<Integer>) {
    return limit > 0 && value < static_cast<uint64_t>(limit);
  } else {
    return value < limit;
  }
}
template <typename Integer>
bool Greater(Integer value, int64_t limit) {
  if constexpr (std::is_unsigned_v<Integer>) {
    return limit < 0 || value > static_cast<uint64_t>(limit);
  } else {
    return value > limit;
  }
}

template <typename Integer>
std::optional<ValueProblem> CheckInteger(Integer value, const FieldLimits& limits) {
  const bool small = limits.has_minimum() && Less(value, limits.minimum());
  const bool large = limits.has_maximum() && Greater(value, limits.maximum());
  if (!small && !large) return std::nullopt;
  Phrase wanted{"a number", ""};
  if (limits.has_minimum()) {
    wanted.en += absl::StrCat(" from ", limits.minimum());
    wanted.ja += absl::StrCat(limits.minimum(), "以上");
  }
  if (limits.has_maximum()) {
    wanted.en += absl::StrCat(" up to ", limits.maximum());
    wanted.ja += absl::StrCat(limits.maximum(), "以下");
  }
  wanted.ja += "の数";
  return ValueProblem{Quoted(absl::StrCat(value)), wanted};
}

std::optional<ValueProblem> CheckReal(double value) {
  if (std::isfinite(value)) return std::nullopt;
  return ValueProblem{Quoted(absl::StrCat(value)), {"a finite number", "有限の数"}};
}

std::optional<ValueProblem> CheckEnum(int number, const FieldDescriptor& field) {
  if (field.enum_type()->FindValueByNumber(number) != nullptr) return std::nullopt;
  const std::string& name = field.enum_type()->name();
  return ValueProblem{Quoted(absl::StrCat(number)),
                      {absl::StrCat("a value of ", name), absl::StrCat(name, " の値")}};
}

int64_t Part(const Message& message, const std::string& name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  const Reflection* reflection = message.GetReflection();
  return field->cpp_type() == FieldDescriptor::CPPTYPE_INT64 ? reflection->GetInt64(message, field)
                                                             : reflection->GetInt32(message, field);
}

std::optional<ValueProblem> CheckDate(const Message& date) {
  const int64_t year = Part(date, "year");
  const int64_t month = Part(date, "month");
  const int64_t day = Part(date, "day");
  if (year >= 1 && year <= 9999) {
    // Normalises what is no day, such as 31 February, to another one.
    const absl::CivilDay civil(year, month, day);
    if (civil.month() == month && civil.day() == day) return std::nullopt;
  }
  return ValueProblem{Quoted(absl::StrFormat("%04d-%02d-%02d", year, month, day)),
                      {"a day of the calendar with year, month and day", "実在する年月日"}};
}

std::optional<ValueProblem> CheckTimestamp(const Message& time) {
  const int64_t seconds = Part(time, "seconds");
  const int64_t nanos = Part(time, "nanos");
  if (seconds >= kFirstSecond && seconds <= kLastSecond && nanos >= 0 && nanos < kNanosPerSecond) {
    return std::nullopt;
  }
  return ValueProblem{Quoted(absl::StrCat(seconds, " s ", nanos, " ns")),
                      {"a time in the years 1 to 9999", "西暦1年から9999年までの時刻"}};
}

std::optional<ValueProblem> CheckDuration(const Message& duration) {
  const int64_t seconds = Part(duration, "seconds");
  const int64_t nanos = Part(duration, "nanos");
  const bool one_sign = (seconds <= 0 || nanos >= 0) && (seconds >= 0 || nanos <= 0);
  if (one_sign && seconds >= -kLongestSeconds && seconds <= kLongestSeconds &&
      nanos > -kNanosPerSecond && nanos < kNanosPerSecond) {
    return std::nullopt;
  }
  return ValueProblem{
      Quoted(absl::StrCat(seconds, " s ", nanos, " ns")),
      {"a duration of at most 10,000 years whose parts have one sign", "1万年以内の期間"}};
}

}  // namespace

std::optional<ValueProblem> CheckScalar(const Message& message, const FieldDescriptor& field,
                                        int index, const FieldLimits& limits) {
  const Reflection* r = message.GetReflection();
  const FieldDescriptor* f = &field;
  const bool many = index >= 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string copy;
      const std::string& text = many ? r->GetRepeatedStringReference(message, f, index, &copy)
                                     : r->GetStringReference(message, f, &copy);
      if (field.type() == FieldDescriptor::TYPE_BYTES) return CheckBytes(text, limits);
      return CheckText(text, limits,
                       field.name() == "page_token" ? kMaxTokenLength : kMaxCodePoints);
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return CheckEnum(
          many ? r->GetRepeatedEnumValue(message, f, index) : r->GetEnumValue(message, f), field);
    case FieldDescriptor::CPPTYPE_INT32:
      return CheckInteger(many ? r->GetRepeatedInt32(message, f, index) : r->GetInt32(message, f),
                          limits);
    case FieldDescriptor::CPPTYPE_INT64:
      return CheckInteger(many ? r->GetRepeatedInt64(message, f, index) : r->GetInt64(message, f),
                          limits);
    case FieldDescriptor::CPPTYPE_UINT32:
      return CheckInteger(many ? r->GetRepeatedUInt32(message, f, index) : r->GetUInt32(message, f),
                          limits);
    case FieldDescriptor::CPPTYPE_UINT64:
      return CheckInteger(many ? r->GetRepeatedUInt64(message, f, index) : r->GetUInt64(message, f),
                          limits);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return CheckReal(static_cast<double>(many ? r->GetRepeatedFloat(message, f, index)
                                                : r->GetFloat(message, f)));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return CheckReal(many ? r->GetRepeatedDouble(message, f, index) : r->GetDouble(message, f));
    default:
      return std::nullopt;
  }
}

bool IsValueMessage(const google::protobuf::Descriptor& type) {
  const std::string& name = type.full_name();
  return name == kDate || name == kTimestamp || name == kDuration;
}

std::optional<ValueProblem> CheckValueMessage(const Message& message) {
  const std::string& name = message.GetDescriptor()->full_name();
  if (name == kDate) return CheckDate(message);
  if (name == kTimestamp) return CheckTimestamp(message);
  if (name == kDuration) return CheckDuration(message);
  return std::nullopt;
}

}  // namespace staraction
