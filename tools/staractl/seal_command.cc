#include <fstream>
#include <iterator>
#include <ostream>

#include "absl/strings/str_cat.h"
#include "common/seal/seal.h"
#include "tools/staractl/commands.h"

namespace staraction::ctl {
namespace {

absl::Status PrintSeal(const Arguments& arguments, std::ostream& out) {
  const std::string& path = arguments.positional(0);
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  const std::string typed{std::istreambuf_iterator<char>(file), {}};
  out << Seal(TidyCanonicalText(typed)) << "\n";
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> SealCommands() {
  return {{"seal",
           {"FILE"},
           {},
           "Computes the seal of a certificate from its printed values.\n"
           "FILE has the form and its version in the first line, e.g. "
           "staraction-pledge-certificate/1,\n"
           "then CODE=value for each printed value in order. Needs no server.",
           PrintSeal}};
}

}  // namespace staraction::ctl
