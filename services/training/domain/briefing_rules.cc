#include "services/training/domain/briefing_rules.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"

namespace staraction::training {
namespace {

using Decision = v1::Briefing::Decision;
using Point = v1::Briefing::DecisionPoint;

// The field of Decision that holds a value of this kind.
const char* ValueField(content::v1::DecisionKind kind) {
  switch (kind) {
    case content::v1::DECISION_KIND_MEMBER:
      return "member";
    case content::v1::DECISION_KIND_YEN:
      return "yen";
    case content::v1::DECISION_KIND_MONTH:
      return "month";
    case content::v1::DECISION_KIND_BOOLEAN:
      return "truth";
    case content::v1::DECISION_KIND_CHOICE:
      return "choice";
    default:
      return "text";
  }
}

// The field that is set; "" if none is.
std::string FieldOf(const Decision& decision) {
  const auto* set = decision.GetReflection()->GetOneofFieldDescriptor(
      decision, Decision::descriptor()->FindOneofByName("value"));
  return set == nullptr ? "" : set->name();
}

void CheckValue(const Decision& decision, const Point& point, const std::set<std::string>& members,
                const std::string& field, std::vector<Violation>& problems) {
  if (FieldOf(decision) != point.value_field()) {
    problems.push_back(
        {field, absl::StrCat("wanted the value in ", point.value_field()),
         absl::StrCat("「", point.title(), "」の値は ", point.value_field(), " に入れてください")});
  } else if (decision.value_case() == Decision::kMember && members.count(decision.member()) == 0) {
    problems.push_back({field + ".member", "is not on the roster of the engagement's client",
                        "この支援案件の会社の名簿に載っていません"});
  } else if (decision.value_case() == Decision::kText && decision.text().empty()) {
    problems.push_back({field + ".text", "wanted words", "決めた内容を入力してください"});
  } else if (decision.value_case() == Decision::kChoice &&
             std::none_of(point.choices().begin(), point.choices().end(),
                          [&](const auto& each) { return each.code() == decision.choice(); })) {
    problems.push_back(
        {field + ".choice", "is none of the point's choices", "選択肢にないコードです"});
  }
}

}  // namespace

void FillBriefing(const content::v1::Course& course, const FindCodeList& find,
                  v1::Briefing& briefing) {
  for (const auto& module : course.modules()) {
    auto* item = briefing.add_agenda();
    item->set_code(module.code());
    item->set_title(module.title().ja());
    item->set_body(module.body().text());
    item->set_minutes(module.minutes());
  }
  for (const auto& decision : course.decisions()) {
    auto* point = briefing.add_points();
    point->set_code(decision.code());
    point->set_title(decision.title().ja());
    point->set_why(decision.why().ja());
    point->set_value_field(ValueField(decision.kind()));
    point->set_required(decision.required());
    point->set_topic(decision.topic());
    const auto* list = decision.code_list().empty() ? nullptr : find(decision.code_list());
    if (list == nullptr) continue;
    for (const auto& entry : list->entries()) {
      auto* choice = point->add_choices();
      choice->set_code(entry.code());
      choice->set_title(entry.label().ja());
    }
  }
}

absl::Status CheckDecisions(const v1::Briefing& briefing, const std::set<std::string>& members) {
  std::map<std::string, const Point*> points;
  for (const Point& point : briefing.points()) points[point.code()] = &point;
  std::set<std::string> seen;
  std::vector<Violation> problems;
  for (int i = 0; i < briefing.decisions_size(); ++i) {
    const Decision& decision = briefing.decisions(i);
    const std::string field = absl::StrCat("briefing.decisions[", i, "]");
    const auto point = points.find(decision.code());
    if (point == points.end()) {
      problems.push_back(
          {field + ".code", "is no point of this briefing", "この説明で決める項目ではありません"});
    } else if (!seen.insert(decision.code()).second) {
      problems.push_back({field + ".code", "came before", "同じ項目が2回含まれています"});
    } else {
      CheckValue(decision, *point->second, members, field, problems);
    }
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(problems);
}

absl::Status CheckAcknowledge(const v1::Briefing& briefing) {
  if (briefing.state() != v1::Briefing::STATE_OPEN) {
    return StateConflict(briefing.name(), v1::Briefing::State_Name(briefing.state()),
                         "acknowledge");
  }
  std::vector<Violation> unmet;
  const v1::Briefing shown = Shown(briefing);
  for (const Point& point : briefing.points()) {
    const auto& missing = shown.missing_decisions();
    if (std::find(missing.begin(), missing.end(), point.code()) == missing.end()) continue;
    unmet.push_back({point.code(), "is not decided: " + point.code(),
                     absl::StrCat("「", point.title(), "」が決まっていません")});
  }
  return unmet.empty() ? absl::OkStatus() : CriteriaUnmet(briefing.name(), unmet);
}

v1::Briefing Shown(v1::Briefing briefing) {
  briefing.clear_missing_decisions();
  briefing.clear_allowed_actions();
  std::set<std::string> decided;
  for (const Decision& decision : briefing.decisions()) decided.insert(decision.code());
  for (const Point& point : briefing.points()) {
    if (point.required() && decided.count(point.code()) == 0) {
      briefing.add_missing_decisions(point.code());
    }
  }
  if (briefing.state() != v1::Briefing::STATE_OPEN) return briefing;
  briefing.add_allowed_actions("update");
  if (briefing.missing_decisions().empty()) briefing.add_allowed_actions("acknowledge");
  return briefing;
}

}  // namespace staraction::training
