#include "common/audit/verify.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"

namespace staraction::audit {
namespace {

// Between the clocks of the service and of the machine that exports.
constexpr absl::Duration kClocksDiffer = absl::Minutes(1);

using Anchors = std::multimap<int64_t, Anchor>;

std::string Span(int64_t first, int64_t last) {
  return first == last ? absl::StrCat("entry ", first, " is")
                       : absl::StrCat("entries ", first, " to ", last, " are");
}

std::string Day(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", time, absl::UTCTimeZone());
}

// Follows one organization's entries.
class Chain {
 public:
  Chain(const Header& header, std::string organization, const Anchors& anchors, Report& report)
      : service_(header.service),
        organization_(std::move(organization)),
        anchors_(anchors),
        limit_(header.export_time - kClocksDiffer),
        report_(report) {}

  void Add(const Entry& entry) {
    if (entry.sequence <= last_) {
      return Find(entry.sequence,
                  absl::StrCat("entry ", entry.sequence, " (", entry.id, ") stands after entry ",
                               last_, ": put in, or out of its place"));
    }
    if (entry.sequence > last_ + 1) {
      Settle("it was changed");
      Find(last_ + 1, absl::StrCat(Span(last_ + 1, entry.sequence - 1), " missing"));
      known_ = false;
    }
    last_ = entry.sequence;
    Compare(entry);
    CompareAnchors(entry);
  }

  void Finish() {
    Settle("what it says or its hash was changed");
    const auto end = std::find_if(anchors_.rbegin(), anchors_.rend(),
                                  [&](const auto& each) { return each.second.time <= limit_; });
    if (end != anchors_.rend() && end->first > last_) {
      Find(last_ + 1, absl::StrCat(Span(last_ + 1, end->first), " missing at the end: entry ",
                                   end->first, " was anchored on ", Day(end->second.time)));
    }
    report_.after_anchors += std::max<int64_t>(0, last_ - held_);
    report_.younger_anchors += std::count_if(
        anchors_.begin(), anchors_.end(),
        [&](const auto& each) { return each.first > last_ && each.second.time > limit_; });
  }

 private:
  void Find(int64_t sequence, const std::string& text) {
    report_.findings.push_back({organization_, sequence, text});
  }
  void Settle(const std::string& cause) {
    if (suspect_ > 0) Find(suspect_, absl::StrCat("entry ", suspect_, ": ", cause));
    suspect_ = 0;
  }

  // `stored_` and `computed_` are the hash of the entry before, as it stands there and as it
  // follows from the entry; they differ only behind a suspect. The next entry tells which holds.
  void Compare(const Entry& entry) {
    const std::string from_stored = EntryHash(service_, stored_, entry);
    const std::string from_computed = EntryHash(service_, computed_, entry);
    const bool fits_stored = from_stored == entry.hash || !known_;
    const bool fits_computed = from_computed == entry.hash;
    Settle(fits_stored     ? "what it says was changed"
           : fits_computed ? "its hash was changed"
                           : "it was changed");
    if (!fits_stored && !fits_computed) suspect_ = entry.sequence;
    computed_ = known_ ? from_stored : entry.hash;
    if (fits_computed) computed_ = from_computed;
    stored_ = entry.hash;
    known_ = true;
  }

  void CompareAnchors(const Entry& entry) {
    const auto [begin, end] = anchors_.equal_range(entry.sequence);
    for (auto each = begin; each != end; ++each) {
      const Anchor& anchor = each->second;
      ++report_.anchors;
      if (anchor.hash == stored_ || anchor.hash == computed_) {
        held_ = entry.sequence;
      } else if (!rewritten_) {
        rewritten_ = true;
        Find(held_ + 1, absl::StrCat(Span(held_ + 1, entry.sequence), " not what was anchored on ",
                                     Day(anchor.time), ": rewritten together with their hashes"));
      }
    }
  }

  const std::string service_;
  const std::string organization_;
  const Anchors& anchors_;
  const absl::Time limit_;
  Report& report_;
  int64_t last_ = 0;
  int64_t held_ = 0;     // last entry whose anchor fits
  int64_t suspect_ = 0;  // entry whose hash doesn't fit, until the next one says why
  bool known_ = true;    // whether the hash before is known: not after a gap
  bool rewritten_ = false;
  std::string stored_;
  std::string computed_;
};

absl::Status ReadAnchorFile(const std::filesystem::path& path, const KeySet* keys, AnchorSet& set) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path.string()));
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (IsOtherLogLine(line)) continue;
    auto anchor = ParseAnchor(line, keys);
    if (anchor.ok()) {
      set.chains[{anchor->service, anchor->organization}].emplace(anchor->sequence, *anchor);
    } else {
      set.refused.push_back(absl::StrCat(path.filename().string(), ", line ", number, ": ",
                                         anchor.status().message()));
    }
  }
  return absl::OkStatus();
}

// Anchors of organizations of which the file has nothing.
void FindMissingChains(const AnchorSet& anchors, const std::map<std::string, Chain>& chains,
                       Report& report) {
  const Header& header = report.header;
  for (const auto& [key, list] : anchors.chains) {
    const auto& [service, organization] = key;
    const bool wanted = service == header.service &&
                        (header.organization.empty() || header.organization == organization);
    if (!wanted || chains.count(organization) > 0) continue;
    Chain(header, organization, list, report).Finish();
  }
}

}  // namespace

absl::StatusOr<AnchorSet> ReadAnchors(const std::string& directory, const KeySet* keys) {
  AnchorSet set;
  std::error_code error;
  std::filesystem::directory_iterator files(directory, error);
  if (error) return absl::NotFoundError(absl::StrCat("cannot read the folder ", directory));
  for (const auto& file : files) {
    if (file.is_regular_file()) SA_RETURN_IF_ERROR(ReadAnchorFile(file.path(), keys, set));
  }
  return set;
}

absl::StatusOr<Report> Verify(std::istream& file, const AnchorSet& anchors) {
  static const Anchors kNone;
  Report report;
  std::string line;
  std::getline(file, line);
  const auto header = ParseHeader(line);
  if (!header.ok()) return absl::InvalidArgumentError("line 1 is no header of a chain file");
  report.header = *header;
  std::map<std::string, Chain> chains;
  for (int number = 2; std::getline(file, line); ++number) {
    ++report.entries;
    const auto entry = ParseEntry(line);
    if (!entry.ok()) {
      report.findings.push_back(
          {"", 0, absl::StrCat("line ", number, ": ", entry.status().message())});
      continue;
    }
    const auto list = anchors.chains.find({header->service, entry->organization});
    chains
        .try_emplace(entry->organization, *header, entry->organization,
                     list == anchors.chains.end() ? kNone : list->second, report)
        .first->second.Add(*entry);
  }
  for (auto& [organization, chain] : chains) chain.Finish();
  FindMissingChains(anchors, chains, report);
  report.organizations = static_cast<int64_t>(chains.size());
  return report;
}

}  // namespace staraction::audit
