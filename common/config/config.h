#ifndef STARACTION_COMMON_CONFIG_CONFIG_H_
#define STARACTION_COMMON_CONFIG_CONFIG_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace staraction {

// The settings of one process: an optional JSON file (one flat object) and the environment. A key
// ("database_url", lower snake case) is looked for in this order, the first that is set counts:
//
//   STARACTION_<SERVICE>_<KEY>    a variable for this service alone
//   STARACTION_<KEY>              a variable for every service that has such a key
//   the file of --config=FILE
//   the default
//
// An empty variable counts as not set. Each getter registers its key, with the text for --help. A
// bad value is noted and the default returned; Finish() then tells everything that is wrong at
// once, so read all keys first:
//
//   SA_ASSIGN_OR_RETURN(Config config, Config::Load("engagement", argc, argv));
//   settings.workers = config.Int("workers", "requests worked on at once", 4, 1, 64);
//   settings.database_url = config.RequiredSecret("database_url", "PostgreSQL connection URI");
//   if (config.help_asked()) …print config.Help() and exit 0…
//   SA_RETURN_IF_ERROR(config.Finish());
//
// What is unknown is an error: every key of the file, and every variable that begins with
// STARACTION_<SERVICE>_, must be registered. Other STARACTION_ variables may belong to another
// service with the same environment: those that were not used are told by UnusedVariables().
// (Kubernetes' service links make such variables too, e.g. STARACTION_ENGAGEMENT_PORT for a Service
// called staraction-engagement: pods need enableServiceLinks: false.)
// Hence no key begins with the name of a service ("peer_engagement", not "engagement_address").
//
// Not thread safe; meant for main, before threads start.
class Config {
 public:
  using Environment = std::map<std::string, std::string>;

  // `service` is the short name ("engagement"), `arguments` those after the program's name: only
  // --config=FILE and --help are known. Fails when the file cannot be read, exceeds 256 KiB or is
  // no flat object of strings, numbers and booleans.
  static absl::StatusOr<Config> Load(const std::string& service,
                                     const std::vector<std::string>& arguments,
                                     const Environment& environment);
  // The same with the process's environment.
  static absl::StatusOr<Config> Load(const std::string& service, int argc, const char* const* argv);

  std::string String(const std::string& key, const std::string& help, const std::string& fallback);
  // An error at Finish() if not set.
  std::string RequiredString(const std::string& key, const std::string& help);

  // A value that is never shown. Given directly or, better, as `<key>_file`: the path of a file
  // (at most 64 KiB) whose content it is, without the line end. Both at once is an error. Empty
  // if not set.
  std::string Secret(const std::string& key, const std::string& help);
  std::string RequiredSecret(const std::string& key, const std::string& help);

  // A whole number from min to max, both included.
  int Int(const std::string& key, const std::string& help, int fallback, int min, int max);
  // A number with unit ("250ms", "5s", "1h30m") from min to max, both included.
  absl::Duration Duration(const std::string& key, const std::string& help, absl::Duration fallback,
                          absl::Duration min, absl::Duration max);
  // "true" or "false".
  bool Bool(const std::string& key, const std::string& help, bool fallback);
  // "host:port" or "[ipv6]:port" with port 0 to 65535. An empty fallback allows "not set".
  std::string Address(const std::string& key, const std::string& help, const std::string& fallback);
  std::string RequiredAddress(const std::string& key, const std::string& help);

  // OK, or INVALID_ARGUMENT with one line for each unknown key and each bad value: what came,
  // from where, and what is wanted. Values of secrets are not in it.
  absl::Status Finish() const;

  bool help_asked() const { return help_asked_; }
  // Every registered key with its default, range and meaning, one paragraph each.
  std::string Help() const;

  // STARACTION_ variables that are not this service's and that no getter asked for. Worth a line
  // in the log at start: a misspelt common variable stands here.
  std::vector<std::string> UnusedVariables() const;

 private:
  struct Value {
    std::string text;
    std::string origin;  // The variable's name, or "key in file".
    bool is_set = false;
  };
  struct Entry {
    std::string help;
    std::string wanted;
    std::string fallback;
  };

  Config() = default;

  absl::Status ReadFile(const std::string& path);
  std::string Variable(const std::string& key) const;
  std::string ServiceVariable(const std::string& key) const;
  Value Take(const std::string& key, const Entry& entry);
  std::string TakeSecret(const std::string& key, const std::string& help, bool required);
  void Bad(const Value& value, const std::string& wanted);
  void Missing(const std::string& key);

  std::string service_;
  std::string path_;
  bool help_asked_ = false;
  Environment environment_;
  std::map<std::string, std::string> file_;
  std::map<std::string, Entry> entries_;
  std::vector<std::string> problems_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_CONFIG_CONFIG_H_
