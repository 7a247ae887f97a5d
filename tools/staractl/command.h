#ifndef STARACTION_TOOLS_STARACTL_COMMAND_H_
#define STARACTION_TOOLS_STARACTL_COMMAND_H_

#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace staraction::ctl {

// "--name VALUE", or a switch "--name" if `value` is empty.
struct Option {
  std::string name;
  std::string value;
  std::string help;
  bool required = false;
  std::string fallback = {};
};

// What the command line says, checked against the command's options.
class Arguments {
 public:
  void Set(const std::string& name, const std::string& value) { options_[name] = value; }
  void AddPositional(const std::string& value) { positionals_.push_back(value); }

  // Value of "--name"; empty if it was not given and has no fallback.
  std::string Get(const std::string& name) const;
  bool Has(const std::string& name) const { return options_.count(name) > 0; }
  const std::string& positional(size_t index) const { return positionals_[index]; }
  size_t positional_count() const { return positionals_.size(); }

 private:
  std::map<std::string, std::string> options_;
  std::vector<std::string> positionals_;
};

struct Command {
  std::string words;                     // "keys init"
  std::vector<std::string> positionals;  // "DIR"; all are wanted
  std::vector<Option> options;
  std::string help;
  // Writes its result to `out`. UsageError() for arguments that make no sense.
  std::function<absl::Status(const Arguments& arguments, std::ostream& out)> run;
};

absl::Status UsageError(const std::string& text);

// An option's value as a positive time; UsageError if it is none.
absl::StatusOr<absl::Duration> DurationOption(const Arguments& arguments, const std::string& name);

// Finds the command that the arguments begin with and runs it. Exit code: 0 done (or help
// printed), 1 refused or failed, with the error's text and violations on `err`, 2 bad usage.
int RunCommand(const std::vector<Command>& commands, const std::vector<std::string>& arguments,
               std::ostream& out, std::ostream& err);

}  // namespace staraction::ctl

#endif  // STARACTION_TOOLS_STARACTL_COMMAND_H_
