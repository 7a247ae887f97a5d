#include "common/config/config.h"

#include <unistd.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/base/macros.h"
#include "common/config/parse.h"
#include "common/json/strict_json.h"

namespace staraction {
namespace {

constexpr char kPrefix[] = "STARACTION_";
constexpr char kRequired[] = "required";
constexpr size_t kMaxFileBytes = 256 * 1024;
constexpr size_t kMaxSecretBytes = 64 * 1024;

std::string UpperCase(const std::string& text) {
  return absl::AsciiStrToUpper(absl::StrReplaceAll(text, {{"-", "_"}}));
}

}  // namespace

absl::StatusOr<Config> Config::Load(const std::string& service,
                                    const std::vector<std::string>& arguments,
                                    const Environment& environment) {
  Config config;
  config.service_ = service;
  for (const auto& [name, value] : environment) {
    if (absl::StartsWith(name, kPrefix) && !value.empty()) config.environment_[name] = value;
  }
  for (const std::string& argument : arguments) {
    if (argument == "--help") {
      config.help_asked_ = true;
    } else if (absl::StartsWith(argument, "--config=")) {
      config.path_ = argument.substr(sizeof("--config=") - 1);
    } else {
      return absl::InvalidArgumentError(
          absl::StrCat("unknown argument '", argument, "'; wanted --config=FILE or --help"));
    }
  }
  if (!config.path_.empty()) SA_RETURN_IF_ERROR(config.ReadFile(config.path_));
  return config;
}

absl::StatusOr<Config> Config::Load(const std::string& service, int argc, const char* const* argv) {
  Environment environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::pair<std::string, std::string> pair =
        absl::StrSplit(*entry, absl::MaxSplits('=', 1));
    environment.insert(pair);
  }
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return Load(service, arguments, environment);
}

absl::Status Config::ReadFile(const std::string& path) {
  SA_ASSIGN_OR_RETURN(const std::string text, ReadFileToString(path, kMaxFileBytes));
  auto json = ParseStrictJsonObject(text, kMaxFileBytes);
  if (!json.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": ", json.status().message()));
  }
  for (const auto& [key, value] : json->items()) {
    if (value.is_string()) {
      file_[key] = value.get<std::string>();
    } else if (value.is_number() || value.is_boolean()) {
      file_[key] = value.dump();
    } else {
      return absl::InvalidArgumentError(absl::StrCat(path, ": '", key, "' is ", value.type_name(),
                                                     "; wanted string, number or boolean"));
    }
  }
  return absl::OkStatus();
}

std::string Config::Variable(const std::string& key) const {
  return kPrefix + UpperCase(key);
}

std::string Config::ServiceVariable(const std::string& key) const {
  return absl::StrCat(kPrefix, UpperCase(service_), "_", UpperCase(key));
}

Config::Value Config::Take(const std::string& key, const Entry& entry) {
  entries_[key] = entry;
  for (const std::string& name : {ServiceVariable(key), Variable(key)}) {
    const auto found = environment_.find(name);
    if (found != environment_.end()) return {found->second, name, true};
  }
  const auto found = file_.find(key);
  if (found == file_.end()) return {};
  return {found->second, absl::StrCat("'", key, "' in ", path_), true};
}

void Config::Bad(const Value& value, const std::string& wanted) {
  problems_.push_back(absl::StrCat(value.origin, ": got '", value.text, "', wanted ", wanted));
}

void Config::Missing(const std::string& key) {
  problems_.push_back(absl::StrCat("'", key, "' is not set; wanted ", entries_[key].wanted,
                                   " in the file or as ", Variable(key)));
}

std::string Config::String(const std::string& key, const std::string& help,
                           const std::string& fallback) {
  const Value value = Take(key, {help, "text", fallback});
  return value.is_set ? value.text : fallback;
}

std::string Config::RequiredString(const std::string& key, const std::string& help) {
  const Value value = Take(key, {help, "text", kRequired});
  if (value.text.empty()) Missing(key);
  return value.text;
}

std::string Config::Secret(const std::string& key, const std::string& help) {
  return TakeSecret(key, help, /*required=*/false);
}

std::string Config::RequiredSecret(const std::string& key, const std::string& help) {
  return TakeSecret(key, help, /*required=*/true);
}

std::string Config::TakeSecret(const std::string& key, const std::string& help, bool required) {
  const std::string file_key = key + "_file";
  const Value value = Take(key, {help, "text", required ? kRequired : ""});
  const Value path = Take(file_key, {absl::StrCat("file with ", key), "path of a file", ""});
  if (value.is_set && path.is_set) {
    problems_.push_back(absl::StrCat(value.origin, " and ", path.origin, ": give only one"));
    return "";
  }
  std::string secret = value.text;
  if (path.is_set) {
    auto content = ReadFileToString(path.text, kMaxSecretBytes);
    if (!content.ok()) {
      problems_.push_back(absl::StrCat(path.origin, ": ", content.status().message()));
      return "";
    }
    secret = *std::move(content);
    while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  }
  if (path.is_set && secret.empty()) {
    problems_.push_back(absl::StrCat(path.origin, ": ", path.text, " is empty"));
  } else if (required && secret.empty()) {
    Missing(key);
  }
  return secret;
}

int Config::Int(const std::string& key, const std::string& help, int fallback, int min, int max) {
  const std::string wanted = absl::StrCat("whole number from ", min, " to ", max);
  const Value value = Take(key, {help, wanted, absl::StrCat(fallback)});
  if (!value.is_set) return fallback;
  int number = 0;
  if (absl::SimpleAtoi(value.text, &number) && number >= min && number <= max) return number;
  Bad(value, wanted);
  return fallback;
}

absl::Duration Config::Duration(const std::string& key, const std::string& help,
                                absl::Duration fallback, absl::Duration min, absl::Duration max) {
  const std::string wanted =
      absl::StrCat("duration like 250ms, 5s, 1h30m from ", absl::FormatDuration(min), " to ",
                   absl::FormatDuration(max));
  const Value value = Take(key, {help, wanted, absl::FormatDuration(fallback)});
  if (!value.is_set) return fallback;
  absl::Duration duration;
  if (absl::ParseDuration(value.text, &duration) && duration >= min && duration <= max) {
    return duration;
  }
  Bad(value, wanted);
  return fallback;
}

bool Config::Bool(const std::string& key, const std::string& help, bool fallback) {
  const Value value = Take(key, {help, "true or false", fallback ? "true" : "false"});
  if (!value.is_set) return fallback;
  if (value.text != "true" && value.text != "false") Bad(value, "true or false");
  return value.text == "true" || (value.text != "false" && fallback);
}

std::string Config::Address(const std::string& key, const std::string& help,
                            const std::string& fallback) {
  const Value value = Take(key, {help, "host:port", fallback});
  if (!value.is_set) return fallback;
  if (IsAddress(value.text)) return value.text;
  Bad(value, "host:port");
  return fallback;
}

std::string Config::RequiredAddress(const std::string& key, const std::string& help) {
  const Value value = Take(key, {help, "host:port", kRequired});
  if (!value.is_set || value.text.empty()) {
    Missing(key);
  } else if (!IsAddress(value.text)) {
    Bad(value, "host:port");
  }
  return value.text;
}

absl::Status Config::Finish() const {
  std::vector<std::string> problems = problems_;
  for (const auto& [key, value] : file_) {
    if (!entries_.contains(key)) {
      problems.push_back(absl::StrCat("'", key, "' in ", path_, ": no such key"));
    }
  }
  const std::string own = absl::StrCat(kPrefix, UpperCase(service_), "_");
  for (const auto& [name, value] : environment_) {
    if (!absl::StartsWith(name, own)) continue;
    const std::string key = absl::AsciiStrToLower(name.substr(own.size()));
    if (!entries_.contains(key)) problems.push_back(absl::StrCat(name, ": no such key"));
  }
  if (problems.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("configuration:\n  ", absl::StrJoin(problems, "\n  ")));
}

std::string Config::Help() const {
  std::string out =
      absl::StrCat("staraction-", service_, " [--config=FILE] [--help]\n\n",
                   "FILE is a JSON object with the keys below. The variable ", kPrefix,
                   "<KEY> beats it, and ", kPrefix, UpperCase(service_), "_<KEY> beats both.\n");
  for (const auto& [key, entry] : entries_) {
    absl::StrAppend(&out, "\n", key, "\n    ", entry.help, "\n    ", entry.wanted);
    if (!entry.fallback.empty()) {
      const bool required = entry.fallback == kRequired;
      absl::StrAppend(&out, required ? "; " : "; default: ", entry.fallback);
    }
    absl::StrAppend(&out, "\n");
  }
  return out;
}

std::vector<std::string> Config::UnusedVariables() const {
  const std::string own = absl::StrCat(kPrefix, UpperCase(service_), "_");
  std::vector<std::string> names;
  for (const auto& [name, value] : environment_) {
    const std::string key = absl::AsciiStrToLower(name.substr(sizeof(kPrefix) - 1));
    if (!absl::StartsWith(name, own) && !entries_.contains(key)) names.push_back(name);
  }
  return names;
}

}  // namespace staraction
