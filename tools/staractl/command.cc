#include "tools/staractl/command.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tools/staractl/error_text.h"

namespace staraction::ctl {
namespace {

constexpr char kUsage[] = "staraction.local/usage";

std::string Form(const Option& option) {
  return option.value.empty() ? "--" + option.name
                              : absl::StrCat("--", option.name, " ", option.value);
}

std::string Usage(const Command& command) {
  std::string line = "staractl " + command.words;
  for (const std::string& positional : command.positionals) absl::StrAppend(&line, " ", positional);
  for (const Option& option : command.options) {
    absl::StrAppend(&line, option.required ? " " : " [", Form(option), option.required ? "" : "]");
  }
  return line;
}

std::string Help(const Command& command) {
  std::string text = absl::StrCat(Usage(command), "\n\n", command.help, "\n\n");
  for (const Option& option : command.options) {
    absl::StrAppend(&text, "  ", Form(option), "\n      ", option.help);
    if (!option.fallback.empty()) absl::StrAppend(&text, " (", option.fallback, ")");
    absl::StrAppend(&text, "\n");
  }
  return text;
}

std::string Overview(const std::vector<Command>& commands) {
  std::string text = "staractl: StarAction from the command line. One command's help: --help\n\n";
  for (const Command& command : commands) {
    absl::StrAppend(&text, "  ", command.words, " ", absl::StrJoin(command.positionals, " "),
                    "\n      ", std::string(command.help.substr(0, command.help.find('\n'))), "\n");
  }
  return text;
}

// The command whose words begin the arguments; its words are taken off.
const Command* Find(const std::vector<Command>& commands, std::vector<std::string>& arguments) {
  for (const Command& command : commands) {
    const std::vector<std::string> words = absl::StrSplit(command.words, ' ');
    if (arguments.size() < words.size() ||
        !std::equal(words.begin(), words.end(), arguments.begin())) {
      continue;
    }
    arguments.erase(arguments.begin(), arguments.begin() + static_cast<ptrdiff_t>(words.size()));
    return &command;
  }
  return nullptr;
}

const Option* FindOption(const Command& command, const std::string& name) {
  for (const Option& option : command.options) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

// Reads one option at `index`, which moves over its value.
absl::Status ParseOption(const Command& command, const std::vector<std::string>& words,
                         size_t& index, Arguments& parsed) {
  const std::string& word = words[index];
  const size_t equals = word.find('=');
  const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
  const Option* option = FindOption(command, name);
  if (option == nullptr) return UsageError("unknown option --" + name);
  if (parsed.Has(name)) return UsageError("--" + name + " stands twice");
  if (option->value.empty()) {
    if (equals != std::string::npos) return UsageError("--" + name + " takes no value");
    parsed.Set(name, "true");
  } else if (equals != std::string::npos) {
    parsed.Set(name, word.substr(equals + 1));
  } else if (++index < words.size()) {
    parsed.Set(name, words[index]);
  } else {
    return UsageError(absl::StrCat("--", name, " wants ", option->value));
  }
  return absl::OkStatus();
}

absl::StatusOr<Arguments> Parse(const Command& command, const std::vector<std::string>& words) {
  Arguments parsed;
  for (size_t i = 0; i < words.size(); ++i) {
    if (!absl::StartsWith(words[i], "--")) {
      parsed.AddPositional(words[i]);
      continue;
    }
    const absl::Status status = ParseOption(command, words, i, parsed);
    if (!status.ok()) return status;
  }
  if (parsed.positional_count() != command.positionals.size()) {
    return UsageError(absl::StrCat("wanted ", command.positionals.size(), " arguments, got ",
                                   parsed.positional_count()));
  }
  for (const Option& option : command.options) {
    if (parsed.Has(option.name)) continue;
    if (option.required) return UsageError("--" + option.name + " is wanted");
    if (!option.fallback.empty()) parsed.Set(option.name, option.fallback);
  }
  return parsed;
}

int Complain(const Command& command, const absl::Status& status, std::ostream& err) {
  if (!status.GetPayload(kUsage)) {
    err << "staractl " << command.words << ": " << ErrorText(status);
    return 1;
  }
  err << "staractl " << command.words << ": " << std::string(status.message())
      << "\nUsage: " << Usage(command) << "\n";
  return 2;
}

}  // namespace

std::string Arguments::Get(const std::string& name) const {
  const auto found = options_.find(name);
  return found == options_.end() ? std::string() : found->second;
}

absl::Status UsageError(const std::string& text) {
  absl::Status status = absl::InvalidArgumentError(text);
  status.SetPayload(kUsage, absl::Cord("usage"));
  return status;
}

absl::StatusOr<absl::Duration> DurationOption(const Arguments& arguments, const std::string& name) {
  absl::Duration value;
  if (!absl::ParseDuration(arguments.Get(name), &value) || value <= absl::ZeroDuration()) {
    return UsageError(absl::StrCat("--", name, ": '", arguments.Get(name),
                                   "' is no time such as 90s, 15m or 1h"));
  }
  return value;
}

int RunCommand(const std::vector<Command>& commands, const std::vector<std::string>& arguments,
               std::ostream& out, std::ostream& err) {
  std::vector<std::string> words = arguments;
  const Command* command = Find(commands, words);
  const bool help = std::find(words.begin(), words.end(), "--help") != words.end();
  if (command == nullptr) {
    (help ? out : err) << Overview(commands);
    return help ? 0 : 2;
  }
  if (help) {
    out << Help(*command);
    return 0;
  }
  const absl::StatusOr<Arguments> parsed = Parse(*command, words);
  if (!parsed.ok()) return Complain(*command, parsed.status(), err);
  const absl::Status status = command->run(*parsed, out);
  return status.ok() ? 0 : Complain(*command, status, err);
}

}  // namespace staraction::ctl
