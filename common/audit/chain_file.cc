#include "common/audit/chain_file.h"

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "common/base/strings.h"

namespace staraction::audit {
namespace {

using nlohmann::json;

constexpr char kFormat[] = "staraction.audit/1";
constexpr char kTime[] = "%Y-%m-%dT%H:%M:%E6SZ";

std::string TimeText(absl::Time time) {
  return absl::FormatTime(kTime, time, absl::UTCTimeZone());
}

absl::Time ReadTime(const json& object, const char* name) {
  absl::Time time;
  std::string error;
  const std::string text = object.at(name).get<std::string>();
  return absl::ParseTime(kTime, text, &time, &error) ? time : absl::InfinitePast();
}

std::string ReadHex(const json& object, const char* name) {
  const std::string digits = object.at(name).get<std::string>();
  for (const char c : digits) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return "";
  }
  return digits.size() % 2 == 0 ? absl::HexStringToBytes(digits) : "";
}

// Texts of the database are UTF-8; a damaged one must not stop an export.
std::string Dump(const json& object) {
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

// What `read` makes of the line's object, if `format` of that is the line again.
template <typename Read, typename Format>
auto Parse(std::string_view line, Read read, Format format)
    -> absl::StatusOr<decltype(read(json()))> {
  try {
    auto value = read(json::parse(line));
    if (format(value) == line) return value;
  } catch (const json::exception&) {
    // No JSON, or a member missing or of another kind.
  }
  return absl::InvalidArgumentError("the line is damaged");
}

}  // namespace

std::string FormatHeader(const Header& header) {
  return Dump({{"format", kFormat},
               {"service", header.service},
               {"organization", header.organization},
               {"exported", TimeText(header.export_time)}});
}

std::string FormatEntry(const Entry& entry) {
  return Dump({{"organization", entry.organization},
               {"sequence", entry.sequence},
               {"entry", entry.id},
               {"client", entry.client},
               {"time", TimeText(entry.create_time)},
               {"actor", entry.actor},
               {"method", entry.method},
               {"resource", entry.resource},
               {"trace", entry.trace_id},
               {"correlation", entry.correlation_id},
               {"digest", absl::BytesToHexString(entry.digest)},
               {"hash", absl::BytesToHexString(entry.hash)}});
}

absl::StatusOr<Header> ParseHeader(std::string_view line) {
  return Parse(
      line,
      [](const json& object) {
        return Header{object.at("service").get<std::string>(),
                      object.at("organization").get<std::string>(), ReadTime(object, "exported")};
      },
      FormatHeader);
}

absl::StatusOr<Entry> ParseEntry(std::string_view line) {
  return Parse(
      line,
      [](const json& object) {
        Entry entry;
        entry.organization = object.at("organization").get<std::string>();
        entry.sequence = object.at("sequence").get<int64_t>();
        entry.id = object.at("entry").get<std::string>();
        entry.client = object.at("client").get<std::string>();
        entry.create_time = ReadTime(object, "time");
        entry.actor = object.at("actor").get<std::string>();
        entry.method = object.at("method").get<std::string>();
        entry.resource = object.at("resource").get<std::string>();
        entry.trace_id = object.at("trace").get<std::string>();
        entry.correlation_id = object.at("correlation").get<std::string>();
        entry.digest = ReadHex(object, "digest");
        entry.hash = ReadHex(object, "hash");
        return entry;
      },
      FormatEntry);
}

}  // namespace staraction::audit
