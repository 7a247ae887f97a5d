#include "services/diagnosis/domain/life.h"

#include <algorithm>

#include "common/base/date.h"
#include "common/status/errors.h"

namespace staraction::diagnosis::domain {
namespace {

using v1::AnswerSheet;
using v1::Diagnosis;
using v1::Measure;
using v1::Rule;

template <typename State>
struct Step {
  const char* verb;
  State from;
  State to;
};

constexpr Step<Diagnosis::State> kDiagnosis[] = {
    {"drawSample", Diagnosis::STATE_OPEN, Diagnosis::STATE_OPEN},
    {"adoptAnswers", Diagnosis::STATE_OPEN, Diagnosis::STATE_OPEN},
    {"answerItems", Diagnosis::STATE_OPEN, Diagnosis::STATE_OPEN},
    {"conclude", Diagnosis::STATE_OPEN, Diagnosis::STATE_CONCLUDED},
    {"abandon", Diagnosis::STATE_OPEN, Diagnosis::STATE_ABANDONED},
};

constexpr Step<AnswerSheet::State> kSheet[] = {
    {"submit", AnswerSheet::STATE_OPEN, AnswerSheet::STATE_SUBMITTED},
    {"record", AnswerSheet::STATE_OPEN, AnswerSheet::STATE_SUBMITTED},
    {"record", AnswerSheet::STATE_SUBMITTED, AnswerSheet::STATE_SUBMITTED},
    {"withdraw", AnswerSheet::STATE_OPEN, AnswerSheet::STATE_WITHDRAWN},
    {"withdraw", AnswerSheet::STATE_SUBMITTED, AnswerSheet::STATE_WITHDRAWN},
};

constexpr Step<Measure::State> kMeasure[] = {
    {"decide", Measure::STATE_PROPOSED, Measure::STATE_DECIDED},
    {"decide", Measure::STATE_DECIDED, Measure::STATE_DECIDED},
    {"complete", Measure::STATE_DECIDED, Measure::STATE_DONE},
    {"verify", Measure::STATE_DONE, Measure::STATE_VERIFIED},
    {"makeRule", Measure::STATE_DECIDED, Measure::STATE_DECIDED},
    {"makeRule", Measure::STATE_DONE, Measure::STATE_DONE},
    {"makeRule", Measure::STATE_VERIFIED, Measure::STATE_VERIFIED},
    {"drop", Measure::STATE_PROPOSED, Measure::STATE_DROPPED},
    {"drop", Measure::STATE_DECIDED, Measure::STATE_DROPPED},
};

constexpr Step<Rule::State> kRule[] = {
    {"update", Rule::STATE_IN_FORCE, Rule::STATE_IN_FORCE},
    {"retire", Rule::STATE_IN_FORCE, Rule::STATE_RETIRED},
};

template <typename State, size_t n>
std::vector<std::string> Verbs(const Step<State> (&steps)[n], State state) {
  std::vector<std::string> verbs;
  for (const auto& step : steps) {
    if (step.from == state) verbs.push_back(step.verb);
  }
  return verbs;
}

// Sheets are for those who ask several people; a practice check has no answer of the company.
bool KnowsVerb(const Diagnosis& diagnosis, const std::string& verb) {
  const bool practice = diagnosis.kind() == content::v1::QUESTIONNAIRE_KIND_PRACTICE_CHECK;
  const bool self = diagnosis.kind() == content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS;
  if (verb == "drawSample") return (practice || self) && !diagnosis.has_sample();
  if (verb == "adoptAnswers") return self;
  if (verb == "answerItems") return !practice;
  return true;
}

bool FindsOut(const Measure& measure) {
  return measure.kind() == Measure::KIND_FIND_OUT;
}

template <typename Resource, typename State, size_t n>
absl::StatusOr<State> Go(const Step<State> (&steps)[n], const Resource& resource,
                         const std::string& verb) {
  for (const auto& step : steps) {
    if (step.from == resource.state() && step.verb == verb) return step.to;
  }
  const std::string state = Resource::State_Name(resource.state());
  return StateConflict(resource.name(), state.substr(sizeof("STATE_") - 1), verb);
}

}  // namespace

std::vector<std::string> ActionsOf(const Diagnosis& diagnosis) {
  std::vector<std::string> verbs = Verbs(kDiagnosis, diagnosis.state());
  std::erase_if(verbs, [&](const std::string& verb) {
    return !KnowsVerb(diagnosis, verb) || (diagnosis.content_missing() && verb != "abandon");
  });
  return verbs;
}

std::vector<std::string> ActionsOf(const AnswerSheet& sheet) {
  return Verbs(kSheet, sheet.state());
}

std::vector<std::string> ActionsOf(const Measure& measure) {
  std::vector<std::string> verbs = Verbs(kMeasure, measure.state());
  if (!measure.rule().empty() || FindsOut(measure)) std::erase(verbs, "makeRule");
  return verbs;
}

bool IsOverdue(const Measure& measure, absl::CivilDay today) {
  const auto due = FromProtoDate(measure.due_date());
  return measure.state() == Measure::STATE_DECIDED && due && *due < today;
}

std::vector<std::string> ActionsOf(const Rule& rule) {
  return Verbs(kRule, rule.state());
}

absl::StatusOr<Diagnosis::State> After(const Diagnosis& diagnosis, const std::string& verb) {
  if (diagnosis.has_sample() && verb == "drawSample") {
    return AlreadyExists("sample", diagnosis.name());
  }
  if (!KnowsVerb(diagnosis, verb)) {
    return StateConflict(diagnosis.name(), content::v1::QuestionnaireKind_Name(diagnosis.kind()),
                         verb);
  }
  return Go(kDiagnosis, diagnosis, verb);
}

absl::StatusOr<AnswerSheet::State> After(const AnswerSheet& sheet, const std::string& verb) {
  return Go(kSheet, sheet, verb);
}

absl::StatusOr<Measure::State> After(const Measure& measure, const std::string& verb) {
  if (verb == "makeRule" && !measure.rule().empty()) return AlreadyExists("rule", measure.rule());
  if (verb == "makeRule" && FindsOut(measure)) {
    return StateConflict(measure.name(), "KIND_FIND_OUT", verb);
  }
  return Go(kMeasure, measure, verb);
}

absl::StatusOr<Rule::State> After(const Rule& rule, const std::string& verb) {
  return Go(kRule, rule, verb);
}

}  // namespace staraction::diagnosis::domain
