#include "services/diagnosis/domain/sheets.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::Answer;
using content::v1::Questionnaire;
using v1::AnswerSheet;

bool Allows(const content::v1::QuestionnaireItem& item, Answer answer) {
  return std::count(item.answers().begin(), item.answers().end(), answer) > 0;
}

const v1::SheetAnswer* AnswerTo(const AnswerSheet& sheet, const std::string& item) {
  for (const auto& answer : sheet.answers()) {
    if (answer.item() == item) return &answer;
  }
  return nullptr;
}

std::string LabelsOf(const Questionnaire& questionnaire,
                     const content::v1::QuestionnaireItem& item) {
  std::string labels;
  for (const auto& choice : questionnaire.choices()) {
    if (!Allows(item, choice.answer())) continue;
    absl::StrAppend(&labels, labels.empty() ? "" : "、", choice.label().ja());
  }
  return labels;
}

}  // namespace

bool IsPart(const AnswerSheet& sheet) {
  return sheet.perspective() == AnswerSheet::PERSPECTIVE_COMPANY ||
         sheet.perspective() == AnswerSheet::PERSPECTIVE_SITE ||
         sheet.perspective() == AnswerSheet::PERSPECTIVE_DEPARTMENT;
}

std::vector<Violation> SheetProblems(const Questionnaire& questionnaire, const std::string& client,
                                     const AnswerSheet& sheet) {
  std::vector<Violation> problems;
  const auto report = [&](const char* field, const std::string& en, const std::string& ja) {
    problems.push_back({absl::StrCat("answer_sheet.", field), en, ja});
  };
  const auto perspective = sheet.perspective();
  if (questionnaire.kind() == content::v1::QUESTIONNAIRE_KIND_PRACTICE_CHECK &&
      perspective != AnswerSheet::PERSPECTIVE_STAFF) {
    report("perspective", "a practice check asks staff; want PERSPECTIVE_STAFF",
           "実践確認は従業員に尋ねるものです（PERSPECTIVE_STAFF）");
  }
  const bool of_site = perspective == AnswerSheet::PERSPECTIVE_SITE;
  if (of_site != !sheet.site().empty()) {
    report("site", "want a site with PERSPECTIVE_SITE, and only then",
           "事業所は、事業所ごとの回答のときだけ、必ず指定してください");
  } else if (of_site && !absl::StartsWith(sheet.site(), client + "/sites/")) {
    report("site", absl::StrCat("'", sheet.site(), "' is no site of ", client),
           absl::StrCat("「", sheet.site(), "」はこの会社の事業所ではありません"));
  }
  if (perspective == AnswerSheet::PERSPECTIVE_DEPARTMENT && sheet.department().empty()) {
    report("department", "want the department with PERSPECTIVE_DEPARTMENT",
           "部署ごとの回答のときは、部署を指定してください");
  }
  if (!sheet.member().empty() && !absl::StartsWith(sheet.member(), client + "/members/")) {
    report("member", absl::StrCat("'", sheet.member(), "' is no member of ", client),
           absl::StrCat("「", sheet.member(), "」はこの会社の名簿にありません"));
  }
  return problems;
}

std::vector<Violation> SheetAnswerProblems(const Questionnaire& questionnaire,
                                           const SheetAnswers& answers) {
  std::vector<Violation> problems;
  std::set<std::string> seen;
  for (int i = 0; i < answers.size(); ++i) {
    const v1::SheetAnswer& answer = answers[i];
    const std::string field = absl::StrCat("answers[", i, "]");
    const auto* item = FindItem(questionnaire, answer.item());
    if (item == nullptr) {
      problems.push_back({field + ".item",
                          absl::StrCat("'", answer.item(), "' is no item of ", questionnaire.id()),
                          absl::StrCat("「", answer.item(), "」という項目は ", questionnaire.id(),
                                       " にありません")});
      continue;
    }
    if (!seen.insert(answer.item()).second) {
      problems.push_back({field + ".item", absl::StrCat("'", answer.item(), "' is answered twice"),
                          absl::StrCat("「", answer.item(), "」の回答が重複しています")});
    }
    if (Allows(*item, answer.answer())) continue;
    problems.push_back(
        {field + ".answer",
         absl::StrCat(answer.item(), " does not allow ", content::v1::Answer_Name(answer.answer())),
         absl::StrCat("「", answer.item(),
                      "」で選べる答えは次のとおりです: ", LabelsOf(questionnaire, *item))});
  }
  return problems;
}

void SetSheetAnswers(const Questionnaire& questionnaire, const SheetAnswers& answers,
                     AnswerSheet& sheet) {
  AnswerSheet given;
  *given.mutable_answers() = answers;
  sheet.clear_answers();
  sheet.clear_missing_items();
  sheet.set_unknown_count(0);
  for (const auto& item : questionnaire.items()) {
    const auto* answer = AnswerTo(given, item.code());
    if (answer == nullptr) {
      sheet.add_missing_items(item.code());
      continue;
    }
    *sheet.add_answers() = *answer;
    const auto* choice = FindChoice(questionnaire, answer->answer());
    if (choice != nullptr && choice->find_out()) sheet.set_unknown_count(sheet.unknown_count() + 1);
  }
  sheet.set_answered_count(sheet.answers_size());
}

AnswerMap AnswersOf(const AnswerSheet& sheet) {
  AnswerMap answers;
  for (const auto& answer : sheet.answers()) answers[answer.item()] = answer.answer();
  return answers;
}

std::optional<Proposal> ProposalFor(const Questionnaire& questionnaire, const std::string& item,
                                    const Sheets& sheets) {
  std::map<Answer, int> counts;
  for (const auto& sheet : sheets) {
    if (sheet.state() != AnswerSheet::STATE_SUBMITTED || !IsPart(sheet)) continue;
    if (const auto* answer = AnswerTo(sheet, item); answer != nullptr) ++counts[answer->answer()];
  }
  if (counts.empty()) return std::nullopt;
  Answer worst = counts.begin()->first;
  Answer best = worst;
  Answer mode = worst;
  for (const auto& [answer, count] : counts) {
    if (IsWorse(questionnaire, answer, worst)) worst = answer;
    if (IsWorse(questionnaire, best, answer)) best = answer;
    const int most = counts.at(mode);
    if (count > most || (count == most && IsWorse(questionnaire, answer, mode))) mode = answer;
  }
  return Proposal{worst, mode, PointsOf(questionnaire, best) - PointsOf(questionnaire, worst)};
}

std::vector<Violation> ProposalProblems(const Questionnaire& questionnaire, const Sheets& sheets,
                                        const Answers& answers) {
  std::vector<Violation> problems;
  for (int i = 0; i < answers.size(); ++i) {
    if (!answers[i].decision_reason().empty()) continue;
    const auto proposal = ProposalFor(questionnaire, answers[i].item(), sheets);
    if (!proposal || proposal->worst == answers[i].answer()) continue;
    const auto* choice = FindChoice(questionnaire, proposal->worst);
    problems.push_back(
        {absl::StrCat("answers[", i, "].decision_reason"),
         absl::StrCat("the sheets propose ", content::v1::Answer_Name(proposal->worst), " for ",
                      answers[i].item(), "; another answer for the company needs a reason"),
         absl::StrCat("「", answers[i].item(), "」は回答票からは「",
                      choice == nullptr ? "" : choice->label().ja(),
                      "」になります。違う答えにするときは理由を書いてください")});
  }
  return problems;
}

}  // namespace staraction::diagnosis::domain
