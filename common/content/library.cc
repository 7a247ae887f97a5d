#include "common/content/library.h"

#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/content/check.h"
#include "common/content/parse.h"
#include "common/content/source.h"

namespace staraction::content {
namespace {

// Takes the packs in together, so that they may refer to each other; all of their problems.
Problems Accept(const std::vector<PackSource>& sources, Catalogue& catalogue) {
  Problems problems;
  std::vector<ParsedPack> packs;
  for (const PackSource& source : sources) {
    packs.push_back(ParsePack(source, problems));
    catalogue.Add(std::make_shared<const v1::Pack>(packs.back().Joined()), source.folder, problems);
  }
  // What a file that doesn't parse would have defined looks like dangling references elsewhere.
  if (!problems.empty()) return problems;
  for (const ParsedPack& pack : packs) CheckPack(pack, catalogue, problems);
  return problems;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const Library>> Library::Load(const std::string& directory) {
  Problems problems;
  std::vector<PackSource> added;
  if (!directory.empty()) added = ReadPacks(directory, problems);
  return Build(BuiltInPacks(), added, std::move(problems));
}

absl::StatusOr<std::unique_ptr<const Library>> Library::Load(
    const std::vector<PackSource>& built_in, const std::vector<PackSource>& added) {
  return Build(built_in, added, {});
}

absl::StatusOr<std::unique_ptr<const Library>> Library::Build(
    const std::vector<PackSource>& built_in, const std::vector<PackSource>& added,
    Problems problems) {
  std::unique_ptr<Library> library(new Library());
  const Problems faults = Accept(built_in, library->catalogue_);
  if (!faults.empty()) {
    return absl::InternalError(
        absl::StrCat("built-in content packs are faulty:\n",
                     absl::StrJoin(faults, "\n", [](std::string* out, const Problem& problem) {
                       out->append(problem.ToString());
                     })));
  }
  for (const PackSource& source : added) {
    Catalogue trial = library->catalogue_;
    Problems found = Accept({source}, trial);
    if (found.empty()) library->catalogue_ = std::move(trial);
    std::move(found.begin(), found.end(), std::back_inserter(problems));
  }
  library->problems_ = std::move(problems);
  return std::unique_ptr<const Library>(std::move(library));
}

}  // namespace staraction::content
