#include "absl/strings/str_cat.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

std::string NumberOf(int64_t value) {
  return value == 0 ? "" : absl::StrCat(value);
}

FieldValues EntryRow(const SubjectFacts& facts, const asset::v1::Asset& asset, int number) {
  std::vector<std::string> flags;
  for (const std::string& flag : asset.flags()) {
    const auto label = facts.flag_labels.find(flag);
    flags.push_back(label == facts.flag_labels.end() ? flag : label->second);
  }
  return {{"number", absl::StrCat(number)},
          {"business", asset.business()},
          {"name", asset.display_name()},
          {"note", asset.note()},
          {"users", asset.users()},
          {"department", asset.department()},
          {"medium", asset.medium_display_name()},
          {"flags", JoinedText(flags, "\n")},
          {"persons", asset.has_persons() ? YenText(asset.persons()) : ""},
          {"confidentiality", NumberOf(asset.confidentiality_value())},
          {"integrity", NumberOf(asset.integrity_value())},
          {"availability", NumberOf(asset.availability_value())},
          {"importance", absl::StrCat(asset.importance())},
          {"raised", asset.raise_reason().empty() ? "" : "※"},
          {"retention", asset.retention()},
          {"backup", asset.backup()},
          {"register_date", ShortDate(asset.register_date())},
          {"review_date", ShortDate(asset.review_date())}};
}

}  // namespace

void FillAssetLedger(const SubjectFacts& facts, TemplateData& data) {
  const auto& snapshot = facts.snapshot;
  data.fields["ledger.date"] = DateText(snapshot.create_time());
  data.fields["ledger.edition"] = snapshot.edition();
  data.fields["ledger.entries"] = absl::StrCat(snapshot.entry_count());
  data.fields["ledger.personal"] = absl::StrCat(snapshot.personal_count());
  data.fields["ledger.note"] = snapshot.note();
  auto& counts = data.lists["importance"];
  for (const auto& count : snapshot.importance_counts()) {
    counts.push_back(
        {{"value", absl::StrCat(count.importance())}, {"entries", absl::StrCat(count.entries())}});
  }
  auto& entries = data.lists["entry"];
  for (const auto& asset : facts.assets) {
    entries.push_back(EntryRow(facts, asset, static_cast<int>(entries.size()) + 1));
  }
}

}  // namespace staraction::document::domain
