#include "absl/strings/str_cat.h"
#include "common/paper/form_code.h"
#include "common/resource/name.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

constexpr size_t kShownDigits = 16;
constexpr size_t kCodeGroup = 6;
constexpr size_t kSealGroup = 8;
constexpr size_t kMostSealedFields = 50;  // as the schema says

void AddPledge(const declaration::v1::PledgeText& text, const SubjectFacts& facts,
               TemplateData& data) {
  data.fields["document.title"] = text.title();
  data.fields["pledge.title"] = text.title();
  data.fields["pledge.digest"] = text.digest().substr(0, kShownDigits);
  data.fields["pledge.due_date"] = DateText(facts.campaign.due_date());
  data.fields["rules.title"] = facts.rule_list_title;
  data.prose["pledge.body"] = text.body();
  data.lists["rule"] = Rows(text.rules(), "title");
  for (const char* code :
       {"member.name", "member.department", "member.staff_number", "form.code", "form.code_text"}) {
    data.fields[code] = "";
  }
}

}  // namespace

void FillPledgeSheet(const SubjectFacts& facts, TemplateData& data) {
  AddPledge(facts.campaign.text(), facts, data);
}

void FillPresidentPledgeSheet(const SubjectFacts& facts, TemplateData& data) {
  AddPledge(facts.campaign.president_text(), facts, data);
}

FieldValues PledgeSheetFields(const declaration::v1::Campaign& campaign,
                              const declaration::v1::Pledge& pledge) {
  const std::string code = paper::EncodeFormCode({.kind = paper::FormKind::kPledge,
                                                  .resource = LastId(campaign.name()),
                                                  .member = LastId(pledge.member())});
  return {{"member.name", pledge.display_name()},
          {"member.department", pledge.department()},
          {"member.staff_number", pledge.staff_number()},
          {"form.code", code},
          {"form.code_text", GroupedText(code, kCodeGroup)}};
}

// A revision has its rows before anybody's certificate is known: as many as any list of fields has.
// Rows without value are left out when a sheet is made.
FieldValues PledgeCertificateFields(const declaration::v1::PledgeCertificate& certificate) {
  FieldValues fields = {{"seal.value", GroupedText(certificate.seal(), kSealGroup)},
                        {"seal.version", absl::StrCat(certificate.version())},
                        {"seal.note", certificate.note()},
                        {"seal.issue_date", DateText(certificate.issue_time())}};
  for (int i = 0; i < certificate.fields_size(); ++i) {
    const auto& field = certificate.fields(i);
    const std::string prefix = absl::StrCat("sealed[", i, "].");
    fields[prefix + "label"] = field.label();
    fields[prefix + "value"] = field.value().empty() ? "（空欄）" : field.value();
    fields[prefix + "meaning"] = field.meaning();
  }
  return fields;
}

void FillPledgeCertificate(const SubjectFacts&, TemplateData& data) {
  data.fields.merge(PledgeCertificateFields({}));
  data.lists["sealed"].assign(kMostSealedFields, {{"label", ""}, {"value", ""}, {"meaning", ""}});
}

}  // namespace staraction::document::domain
