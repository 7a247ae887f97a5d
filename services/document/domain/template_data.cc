#include "services/document/domain/template_data.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"

namespace staraction::document::domain {
namespace {

using declaration::v1::Declaration;
using declaration::v1::DeclarationField;
using engagement::v1::GbizId;

constexpr size_t kShownDigits = 16;
constexpr char kFromClient[] = "client";

std::string JapaneseDate(const google::type::Date& date) {
  const auto day = FromProtoDate(date);
  return day ? FormatJapaneseDate(*day) : "";
}

FieldValues ClientFields(const engagement::v1::Client& client) {
  return {{"client.name", client.legal_name()},
          {"client.trade_name", client.trade_name()},
          {"client.postal_code", client.postal_code()},
          {"client.address", client.address()},
          {"client.representative_title", client.representative_title()},
          {"client.representative_name", client.representative_name()},
          {"client.representative",
           client.representative_title().empty() || client.representative_name().empty()
               ? client.representative_name()
               : absl::StrCat(client.representative_title(), "　", client.representative_name())}};
}

template <typename Texts>
std::vector<FieldValues> Rows(const Texts& texts, const std::string& code) {
  std::vector<FieldValues> rows;
  for (const std::string& text : texts) rows.push_back({{code, text}});
  return rows;
}

void AddPledge(const declaration::v1::PledgeText& text, const SubjectFacts& facts,
               TemplateData& data) {
  data.fields["pledge.title"] = text.title();
  data.fields["pledge.digest"] = text.digest().substr(0, kShownDigits);
  data.fields["pledge.due_date"] = JapaneseDate(facts.campaign.due_date());
  data.fields["rules.title"] = facts.rule_list_title;
  data.prose["pledge.body"] = text.body();
  data.lists["rule"] = Rows(text.rules(), "title");
}

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
  const std::string date = JapaneseDate(given.effective_date());
  return date.empty() ? given.president_name()
                      : absl::StrCat(given.president_name(), "（", date, "）");
}

std::string StarText(int star) {
  return star == 1 ? "一つ星" : star == 2 ? "二つ星" : "";
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
  const auto user = facts.user_names.find(field.entered_by());
  return user == facts.user_names.end() ? "担当者" : user->second;
}

// "2026/10/1"
std::string EnterDayText(const DeclarationField& field) {
  if (field.value().empty() || !field.has_enter_time()) return "";
  const absl::CivilDay day = TokyoDay(absl::FromUnixSeconds(field.enter_time().seconds()));
  return absl::StrCat(day.year(), "/", day.month(), "/", day.day());
}

void AddEntries(const SubjectFacts& facts, TemplateData& data) {
  auto& entries = data.lists["entry"];
  auto& notes = data.lists["note"];
  for (const DeclarationField& field : facts.declaration.fields()) {
    entries.push_back({{"label", field.label()},
                       {"value", ValueText(field)},
                       {"entered_by", EnteredByText(field, facts)},
                       {"enter_day", EnterDayText(field)}});
    const std::string note = field.hint() + field.uncertainty();
    if (!note.empty()) notes.push_back({{"label", field.label()}, {"text", note}});
  }
}

void AddDeclaration(const SubjectFacts& facts, TemplateData& data) {
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

}  // namespace

bool IsPledgeSheet(v1::DocumentKind kind) {
  return kind == v1::DOCUMENT_KIND_PLEDGE_SHEET || kind == v1::DOCUMENT_KIND_PRESIDENT_PLEDGE_SHEET;
}

const declaration::v1::PledgeText& PledgeTextOf(v1::DocumentKind kind,
                                                const declaration::v1::Campaign& campaign) {
  return kind == v1::DOCUMENT_KIND_PRESIDENT_PLEDGE_SHEET ? campaign.president_text()
                                                          : campaign.text();
}

FieldValues MemberFields(const declaration::v1::Pledge& pledge) {
  return {{"member.name", pledge.display_name()},
          {"member.department", pledge.department()},
          {"member.staff_number", pledge.staff_number()}};
}

TemplateData MakeTemplateData(v1::DocumentKind kind, const SubjectFacts& facts) {
  TemplateData data;
  data.fields = ClientFields(facts.client);
  data.fields["document.date"] = FormatJapaneseDate(facts.today);
  data.fields["document.number"] = "";
  if (IsPledgeSheet(kind)) {
    data.fields.merge(MemberFields({}));
    AddPledge(PledgeTextOf(kind, facts.campaign), facts, data);
  } else {
    AddDeclaration(facts, data);
  }
  return data;
}

}  // namespace staraction::document::domain
