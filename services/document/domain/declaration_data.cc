#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

using declaration::v1::Declaration;
using declaration::v1::DeclarationField;
using engagement::v1::GbizId;

constexpr char kFromClient[] = "client";
constexpr char kFromRecords[] = "records";

std::string GbizIdText(const declaration::v1::GbizIdState& state) {
  const std::string suffix = state.usable() ? "（使えます）" : "（まだ使えません）";
  switch (state.gbiz_id().kind()) {
    case GbizId::KIND_PRIME:
      return "プライム" + suffix;
    case GbizId::KIND_MEMBER:
      return "メンバー" + suffix;
    case GbizId::KIND_ENTRY:
      return "エントリー" + suffix;
    case GbizId::KIND_NOT_ELIGIBLE:
      return "持てない事業者です。扱いを窓口に確かめます。";
    default:
      return state.usable() ? "この手続きでは要りません" : "";
  }
}

std::string AcknowledgementText(const declaration::v1::Acknowledgement& given) {
  const std::string date = DateText(given.effective_date());
  return date.empty() ? given.president_name()
                      : absl::StrCat(given.president_name(), "（", date, "）");
}

// The value as the screen takes it; empty only where a required one is missing.
std::string ValueText(const DeclarationField& field) {
  if (field.value().empty()) return field.required() ? "" : "（空欄のまま）";
  switch (field.kind()) {
    case content::v1::FIELD_KIND_CHECK:
      return field.value() == "true" ? "はい" : "いいえ";
    case content::v1::FIELD_KIND_CHOICE:
      for (const auto& choice : field.choices()) {
        if (choice.code() == field.value()) return choice.label();
      }
      return field.value();
    case content::v1::FIELD_KIND_DATE: {
      const Parsed<absl::CivilDay> day = ParseDate(field.value());
      return day.ok() ? FormatJapaneseDate(*day) : field.value();
    }
    default:
      return field.value();
  }
}

std::string EnteredByText(const DeclarationField& field, const SubjectFacts& facts) {
  if (field.value().empty()) return "";
  if (field.entered_by() == kFromClient) return "会社の基本情報";
  if (field.entered_by() == kFromRecords) return "診断・方針・公開の記録";
  const auto user = facts.user_names.find(field.entered_by());
  return user == facts.user_names.end() ? "担当者" : user->second;
}

void AddEntries(const SubjectFacts& facts, TemplateData& data) {
  auto& entries = data.lists["entry"];
  auto& notes = data.lists["note"];
  for (const DeclarationField& field : facts.declaration.fields()) {
    entries.push_back({{"label", field.label()},
                       {"value", ValueText(field)},
                       {"entered_by", EnteredByText(field, facts)},
                       {"enter_day", field.value().empty() ? "" : ShortDate(field.enter_time())}});
    const std::string note = field.hint() + field.uncertainty();
    if (!note.empty()) notes.push_back({{"label", field.label()}, {"text", note}});
  }
}

}  // namespace

void FillDeclarationSheet(const SubjectFacts& facts, TemplateData& data) {
  const Declaration& declaration = facts.declaration;
  const auto& guide = declaration.guide();
  data.fields["declaration.procedure"] = guide.procedure_title();
  data.fields["declaration.entry_system"] = guide.entry_system();
  data.fields["declaration.star"] = StarText(declaration.star());
  data.fields["declaration.gbiz_id"] = GbizIdText(declaration.gbiz_id());
  data.fields["declaration.acknowledgement"] = AcknowledgementText(declaration.acknowledgement());
  data.fields["declaration.missing_count"] =
      declaration.missing_count() == 0 ? "なし" : absl::StrCat(declaration.missing_count(), "件");
  data.fields["rules.title"] = guide.rule_list_title();
  data.lists["rule"] = Rows(guide.rules(), "title");
  data.lists["uncertainty"] = Rows(guide.uncertainties(), "text");
  auto& steps = data.lists["step"];
  for (const auto& step : guide.steps()) {
    steps.push_back({{"side", step.side() == content::v1::SIDE_CLIENT ? "貴社" : "支援者"},
                     {"text", step.text()}});
  }
  AddEntries(facts, data);
}

}  // namespace staraction::document::domain
