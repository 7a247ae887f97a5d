#include "common/page/page_reader.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/process/child.h"

namespace staraction::page {
namespace {

constexpr size_t kMaxOutput = size_t{4} << 20;

constexpr const char* kOutcomes[] = {"PAGE",     "REFUSED",   "NO_ANSWER",
                                     "TOO_SLOW", "TOO_LARGE", "UNREADABLE"};

PageReading Only(Outcome outcome) {
  PageReading reading;
  reading.outcome = outcome;
  return reading;
}

}  // namespace

absl::StatusOr<PageReading> ProcessPageReader::Read(const std::string& url,
                                                    absl::Duration time) const {
  const int64_t seconds = absl::ToInt64Seconds(absl::Ceil(time, absl::Seconds(1)));
  if (seconds < 1) return Only(Outcome::kTooSlow);
  std::vector<std::string> arguments = {url, absl::StrCat(seconds)};
  arguments.insert(arguments.end(), allowed_.begin(), allowed_.end());
  SA_ASSIGN_OR_RETURN(const auto json, RunChild(program_, arguments, "", {time, kMaxOutput}));
  return json ? FromJson(*json) : Only(Outcome::kUnreadable);
}

std::string ToJson(const PageReading& reading) {
  const nlohmann::json json = {{"outcome", kOutcomes[static_cast<int>(reading.outcome)]},
                               {"http_status", reading.http_status},
                               {"url", reading.url},
                               {"sha256", reading.sha256},
                               {"text", reading.text},
                               {"charset", reading.charset},
                               {"pdf", reading.pdf},
                               {"pictures", reading.pictures},
                               {"scripts", reading.scripts}};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

PageReading FromJson(const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return Only(Outcome::kUnreadable);
  try {
    PageReading reading;
    const auto* outcome = std::find(std::begin(kOutcomes), std::end(kOutcomes),
                                    json.at("outcome").get<std::string>());
    if (outcome == std::end(kOutcomes)) return Only(Outcome::kUnreadable);
    reading.outcome = static_cast<Outcome>(outcome - std::begin(kOutcomes));
    json.at("http_status").get_to(reading.http_status);
    json.at("url").get_to(reading.url);
    json.at("sha256").get_to(reading.sha256);
    json.at("text").get_to(reading.text);
    json.at("charset").get_to(reading.charset);
    json.at("pdf").get_to(reading.pdf);
    json.at("pictures").get_to(reading.pictures);
    json.at("scripts").get_to(reading.scripts);
    return reading;
  } catch (const nlohmann::json::exception&) {
    return Only(Outcome::kUnreadable);
  }
}

}  // namespace staraction::page
