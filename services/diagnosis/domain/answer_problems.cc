// What may be wrong with answers as they come in.

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/diagnosis/domain/check.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::Answer_Name;
using content::v1::QuestionnaireItem;

std::string AllowedAnswers(const QuestionnaireItem& item) {
  std::string names;
  for (const int answer : item.answers()) {
    absl::StrAppend(&names, names.empty() ? "" : ", ",
                    Answer_Name(static_cast<content::v1::Answer>(answer)));
  }
  return names;
}

void CheckAnswer(const QuestionnaireItem& item, const v1::ItemAnswer& answer,
                 const std::string& field, std::vector<Violation>& problems) {
  if (std::count(item.answers().begin(), item.answers().end(), answer.answer()) > 0) return;
  problems.push_back({field + ".answer",
                      absl::StrCat(answer.item(), " does not allow ", Answer_Name(answer.answer()),
                                   "; want one of ", AllowedAnswers(item)),
                      absl::StrCat(answer.item(), " では ", Answer_Name(answer.answer()),
                                   " を選べません。次のいずれか: ", AllowedAnswers(item))});
}

void CheckSite(const QuestionnaireItem& item, const std::string& client,
               const v1::ItemAnswer& answer, const std::string& field,
               std::vector<Violation>& problems) {
  if (answer.site().empty()) return;
  if (!item.per_site()) {
    problems.push_back(
        {field + ".site",
         absl::StrCat(answer.item(), " is answered for the whole company; want no site"),
         absl::StrCat("「", answer.item(),
                      "」は会社全体で答える項目です。事業所は指定できません")});
  } else if (!absl::StartsWith(answer.site(), client + "/sites/")) {
    problems.push_back({field + ".site",
                        absl::StrCat("'", answer.site(), "' is no site of ", client),
                        absl::StrCat("「", answer.site(), "」はこの会社の事業所ではありません")});
  }
}

void CheckMethod(const v1::ItemAnswer& answer, const std::string& field,
                 std::vector<Violation>& problems) {
  const bool looked = answer.confidence() >= v1::CONFIDENCE_SEEN;
  if (looked && answer.method() == v1::CHECK_METHOD_UNSPECIFIED) {
    problems.push_back({field + ".method",
                        "is missing; want how it was seen or verified: screen, document, interview "
                        "or place",
                        "確かめた方法（画面、書類、聞き取り、現場）を指定してください"});
  } else if (!looked && (answer.method() != v1::CHECK_METHOD_UNSPECIFIED ||
                         answer.has_check_date() || !answer.evidence().empty())) {
    problems.push_back(
        {field + ".confidence",
         "method, check_date and evidence belong to answers that are SEEN or VERIFIED",
         "確かめた方法、日付、証拠は、「確認済み」か「検証済み」の回答に付けてください"});
  }
}

}  // namespace

std::vector<Violation> AnswerProblems(const content::v1::Questionnaire& questionnaire,
                                      const std::string& client, const Answers& answers) {
  std::vector<Violation> problems;
  std::set<std::pair<std::string, std::string>> seen;
  for (int i = 0; i < answers.size(); ++i) {
    const v1::ItemAnswer& answer = answers[i];
    const std::string field = absl::StrCat("answers[", i, "]");
    const QuestionnaireItem* item = FindItem(questionnaire, answer.item());
    if (item == nullptr) {
      problems.push_back({field + ".item",
                          absl::StrCat("'", answer.item(), "' is no item of ", questionnaire.id()),
                          absl::StrCat("「", answer.item(), "」という項目は ", questionnaire.id(),
                                       " にありません")});
      continue;
    }
    if (!seen.emplace(answer.item(), answer.site()).second) {
      problems.push_back({field + ".item", absl::StrCat("'", answer.item(), "' is answered twice"),
                          absl::StrCat("「", answer.item(), "」の回答が重複しています")});
    }
    CheckAnswer(*item, answer, field, problems);
    CheckSite(*item, client, answer, field, problems);
    CheckMethod(answer, field, problems);
  }
  return problems;
}

}  // namespace staraction::diagnosis::domain
