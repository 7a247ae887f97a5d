#include "services/diagnosis/questionnaires.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/content/language.h"
#include "common/resource/name.h"
#include "common/resource/page.h"
#include "common/status/errors.h"

namespace staraction::diagnosis {
namespace {

constexpr char kPattern[] = "questionnaires/{questionnaire}";

std::string RuleTitle(const content::v1::RuleList* rules, const std::string& code,
                      Language language) {
  if (rules == nullptr) return {};
  for (const auto& rule : rules->rules()) {
    if (rule.code() == code) return content::InLanguage(rule.title(), language);
  }
  return {};
}

void AddItem(const content::v1::Questionnaire& source, const content::v1::QuestionnaireItem& item,
             const content::v1::RuleList* rules, Language language,
             google::protobuf::RepeatedPtrField<v1::QuestionnaireItem>& items) {
  auto* added = items.Add();
  added->set_code(item.code());
  added->set_rule_code(item.rule());
  added->set_rule_title(RuleTitle(rules, item.rule(), language));
  added->set_question(content::InLanguage(item.question(), language));
  added->set_why(content::InLanguage(item.why(), language));
  added->set_how(content::InLanguage(item.how(), language));
  added->set_per_site(item.per_site());
  added->set_proposed_measure(content::InLanguage(item.proposed_measure(), language));
  added->set_proposed_rule(content::InLanguage(item.proposed_rule(), language));
  added->set_short_rule(content::InLanguage(item.short_rule(), language));
  added->set_cost_class(item.cost_class());
  added->set_priority(item.priority());
  added->set_number(item.number());
  added->set_part(item.part());
  for (const auto& part : source.parts()) {
    if (part.code() == item.part())
      added->set_part_title(content::InLanguage(part.title(), language));
  }
  for (const auto& choice : source.choices()) {
    if (std::count(item.answers().begin(), item.answers().end(), choice.answer()) == 0) continue;
    auto* offered = added->add_choices();
    offered->set_answer(choice.answer());
    offered->set_label(content::InLanguage(choice.label(), language));
    offered->set_gap(choice.gap());
    offered->set_find_out(choice.find_out());
    offered->set_points(choice.points());
  }
}

v1::Questionnaire ToResource(const content::Library& library,
                             const content::v1::Questionnaire& source, Language language) {
  v1::Questionnaire out;
  out.set_name(FormatName(kPattern, {source.id()}));
  out.set_display_name(content::InLanguage(source.title(), language));
  out.set_kind(source.kind());
  out.set_edition(source.edition());
  out.set_rule_list(source.rule_list());
  out.set_instruction(content::InLanguage(source.instruction(), language));
  out.set_pack(PackName(source.pack()));
  *out.mutable_items() = ItemsOf(library, source, language);
  for (const auto& variable : source.variables()) {
    auto* added = out.add_variables();
    added->set_code(variable.code());
    added->set_label(content::InLanguage(variable.label(), language));
    added->set_default_value(variable.default_value().ja());
    if (variable.has_minimum()) added->set_minimum(variable.minimum());
    if (variable.has_maximum()) added->set_maximum(variable.maximum());
  }
  return out;
}

}  // namespace

void Retitle(const content::v1::Questionnaire& questionnaire, Language language, v1::Score& score) {
  for (auto& part : *score.mutable_parts()) {
    for (const auto& source : questionnaire.parts()) {
      if (source.code() == part.part())
        part.set_title(content::InLanguage(source.title(), language));
    }
  }
  for (const auto& band : questionnaire.bands()) {
    if (band.code() != score.band()) continue;
    score.set_band_title(content::InLanguage(band.title(), language));
    score.set_band_meaning(content::InLanguage(band.meaning(), language));
  }
}

std::string PackName(const content::v1::PackRef& pack) {
  return absl::StrCat(pack.urn(), "@", pack.version());
}

const content::v1::Questionnaire* FindQuestionnaire(const content::Library& library,
                                                    const std::string& name,
                                                    const std::string& pack) {
  const auto ids = ParseName(kPattern, name);
  int version = 0;
  if (!ids.ok() || !absl::SimpleAtoi(pack.substr(pack.rfind('@') + 1), &version)) return nullptr;
  const auto* found = library.FindQuestionnaire(ids->front(), version);
  return found != nullptr && PackName(found->pack()) == pack ? found : nullptr;
}

absl::StatusOr<const content::v1::Questionnaire*> RequireQuestionnaire(
    const content::Library& library, const v1::Diagnosis& diagnosis) {
  const auto* questions = FindQuestionnaire(library, diagnosis.questionnaire(), diagnosis.pack());
  if (questions != nullptr) return questions;
  return MakeError(absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_REFERENCE_BROKEN,
                   absl::StrCat("the content pack ", diagnosis.pack(),
                                " that this diagnosis began with is not installed; install it, or "
                                "abandon the diagnosis and begin a new one with it as base"),
                   absl::StrCat("この診断を始めたときのコンテンツパック ", diagnosis.pack(),
                                " が組み込まれていません。パックを組み込むか、この診断を中止して"
                                "、これを base に新しい診断を始めてください"),
                   {{"pack", diagnosis.pack()}});
}

google::protobuf::RepeatedPtrField<v1::QuestionnaireItem> ItemsOf(
    const content::Library& library, const content::v1::Questionnaire& questionnaire,
    Language language) {
  google::protobuf::RepeatedPtrField<v1::QuestionnaireItem> items;
  const auto* rules = library.FindRuleList(questionnaire.rule_list());
  for (const auto& item : questionnaire.items()) {
    AddItem(questionnaire, item, rules, language, items);
  }
  return items;
}

absl::StatusOr<v1::Questionnaire> GetQuestionnaire(const content::Library& library,
                                                   const std::string& name, Language language) {
  SA_ASSIGN_OR_RETURN(const auto ids, ParseName(kPattern, name));
  const auto* found = library.FindQuestionnaire(ids.front());
  if (found == nullptr) return NotFound(name);
  return ToResource(library, *found, language);
}

absl::StatusOr<v1::ListQuestionnairesResponse> ListQuestionnaires(
    const content::Library& library, const v1::ListQuestionnairesRequest& request,
    Language language) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  auto all = library.List<content::v1::Questionnaire>();
  std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->id() < b->id(); });
  v1::ListQuestionnairesResponse response;
  for (const auto* questionnaire : all) {
    if (!page.after_key.empty() && questionnaire->id() <= page.after_key.front()) continue;
    if (response.questionnaires_size() == page.size) {
      const std::string& last = response.questionnaires(page.size - 1).name();
      response.set_next_page_token(NextToken(request, {LastId(last)}));
      break;
    }
    *response.add_questionnaires() = ToResource(library, *questionnaire, language);
  }
  return response;
}

}  // namespace staraction::diagnosis
