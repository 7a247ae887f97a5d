#include "services/training/domain/report.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

namespace staraction::training {
namespace {

using v1::Attempt;
using v1::TrainingReport;

constexpr int kFewestForDiscrimination = 10;

bool Right(const Attempt::Question& question) {
  return question.has_chosen_index() && question.chosen_index() == question.correct_index();
}

// Share of right answers in percent, of one topic unless it is empty; nothing if it wasn't asked.
std::optional<double> Percent(const Attempt& attempt, const std::string& topic) {
  int asked = 0;
  int right = 0;
  for (const Attempt::Question& question : attempt.questions()) {
    if (!topic.empty() && question.topic() != topic) continue;
    ++asked;
    right += Right(question) ? 1 : 0;
  }
  if (asked == 0) return std::nullopt;
  return 100.0 * right / asked;
}

// Percent of each member who was asked.
std::map<std::string, double> PercentByMember(const std::vector<Attempt>& attempts,
                                              Attempt::Kind kind, const std::string& topic) {
  std::map<std::string, double> out;
  for (const Attempt& attempt : attempts) {
    if (attempt.kind() != kind) continue;
    if (const auto percent = Percent(attempt, topic)) out[attempt.member()] = *percent;
  }
  return out;
}

double Average(const std::map<std::string, double>& values) {
  double sum = 0;
  for (const auto& [member, value] : values) sum += value;
  return sum / static_cast<double>(values.size());
}

struct Answer {
  bool right;
  double rest;  // share of right answers to the other questions
};

std::optional<double> Discrimination(const std::vector<Answer>& answers) {
  const auto n = static_cast<double>(answers.size());
  if (n < kFewestForDiscrimination) return std::nullopt;
  double right = 0, sum = 0, sum_of_right = 0, squares = 0;
  for (const Answer& answer : answers) {
    sum += answer.rest;
    squares += answer.rest * answer.rest;
    if (!answer.right) continue;
    ++right;
    sum_of_right += answer.rest;
  }
  const double variance = squares / n - (sum / n) * (sum / n);
  if (right == 0 || right == n || variance < 1e-12) return std::nullopt;
  const double p = right / n;
  const double difference = sum_of_right / right - (sum - sum_of_right) / (n - right);
  return difference / std::sqrt(variance) * std::sqrt(p * (1 - p));
}

// What was answered to one question.
struct ItemAnswers {
  const Attempt* attempt = nullptr;
  const Attempt::Question* question = nullptr;
  std::vector<Answer> before;
  std::vector<Answer> after;
};

void SetRatio(const std::vector<Answer>& answers, void (TrainingReport::Item::*set)(double),
              TrainingReport::Item& item) {
  if (answers.empty()) return;
  const auto right = std::count_if(answers.begin(), answers.end(),
                                   [](const Answer& answer) { return answer.right; });
  (item.*set)(static_cast<double>(right) / static_cast<double>(answers.size()));
}

TrainingReport::Item ItemOf(const ItemAnswers& answers) {
  TrainingReport::Item item;
  item.set_question(answers.question->code());
  item.set_pack(answers.attempt->pack());
  item.set_topic(answers.question->topic());
  item.set_difficulty(answers.question->difficulty());
  item.set_text(answers.question->text());
  item.set_before_asked_count(static_cast<int>(answers.before.size()));
  item.set_asked_count(static_cast<int>(answers.after.size()));
  SetRatio(answers.before, &TrainingReport::Item::set_before_right_ratio, item);
  SetRatio(answers.after, &TrainingReport::Item::set_right_ratio, item);
  if (const auto r = Discrimination(answers.after)) item.set_discrimination(*r);
  return item;
}

using Cell = TrainingReport::DepartmentTopic;

// Which cells of one topic may be shown.
void HideFew(std::vector<Cell>& cells) {
  std::sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) {
    return std::make_pair(a.people_count(), a.department()) <
           std::make_pair(b.people_count(), b.department());
  });
  int hidden = 0;
  int people = 0;
  for (Cell& cell : cells) {
    const bool few = cell.people_count() < kFewestPeople;
    if (!few && (hidden == 0 || (hidden > 1 && people >= kFewestPeople))) break;
    ++hidden;
    people += cell.people_count();
    cell.set_hidden(true);
  }
  for (Cell& cell : cells) {
    if (!cell.hidden()) continue;
    cell.clear_people_count();
    cell.clear_right_percent();
  }
}

}  // namespace

TrainingReport::Effect EffectOf(const std::vector<Attempt>& attempts, const std::string& topic,
                                bool show_few) {
  const auto before = PercentByMember(attempts, Attempt::KIND_BEFORE, topic);
  const auto after = PercentByMember(attempts, Attempt::KIND_AFTER, topic);
  std::map<std::string, double> gains;
  for (const auto& [member, percent] : after) {
    const auto first = before.find(member);
    if (first != before.end()) gains[member] = percent - first->second;
  }
  TrainingReport::Effect effect;
  const auto shown = [&](const std::map<std::string, double>& values) {
    if (values.empty()) return false;
    if (show_few || static_cast<int>(values.size()) >= kFewestPeople) return true;
    effect.set_hidden(true);
    return false;
  };
  effect.set_before_count(static_cast<int>(before.size()));
  effect.set_after_count(static_cast<int>(after.size()));
  effect.set_both_count(static_cast<int>(gains.size()));
  if (shown(before)) effect.set_before_percent(Average(before));
  if (shown(after)) effect.set_after_percent(Average(after));
  if (shown(gains)) effect.set_gain_points(Average(gains));
  return effect;
}

std::map<std::string, std::string> TopicsOf(const std::vector<Attempt>& attempts) {
  std::map<std::string, std::string> topics;
  for (const Attempt& attempt : attempts) {
    for (const auto& question : attempt.questions()) topics[question.topic()] = question.rule();
  }
  return topics;
}

std::vector<TrainingReport::Item> ItemsOf(const std::vector<Attempt>& attempts) {
  std::map<std::pair<std::string, std::string>, ItemAnswers> items;  // by code and pack
  for (const Attempt& attempt : attempts) {
    const auto& questions = attempt.questions();
    const auto right = std::count_if(questions.begin(), questions.end(), Right);
    for (const Attempt::Question& question : questions) {
      ItemAnswers& item = items[{question.code(), attempt.pack()}];
      item.attempt = &attempt;
      item.question = &question;
      const double others = questions.size() - 1;
      const bool was_right = Right(question);
      const double rest =
          others == 0 ? 0 : (static_cast<double>(right) - (was_right ? 1 : 0)) / others;
      auto& answers = attempt.kind() == Attempt::KIND_BEFORE ? item.before : item.after;
      answers.push_back({was_right, rest});
    }
  }
  std::vector<TrainingReport::Item> out;
  out.reserve(items.size());
  for (const auto& [key, answers] : items) out.push_back(ItemOf(answers));
  return out;
}

std::vector<Cell> DepartmentTopicsOf(const std::vector<Attempt>& attempts,
                                     const std::map<std::string, std::string>& departments) {
  std::vector<Cell> out;
  for (const auto& [topic, rule] : TopicsOf(attempts)) {
    std::map<std::string, std::map<std::string, double>> by_department;
    for (const auto& [member, percent] : PercentByMember(attempts, Attempt::KIND_AFTER, topic)) {
      const auto found = departments.find(member);
      by_department[found == departments.end() ? "" : found->second][member] = percent;
    }
    std::vector<Cell> cells;
    for (const auto& [department, percents] : by_department) {
      Cell& cell = cells.emplace_back();
      cell.set_department(department);
      cell.set_topic(topic);
      cell.set_rule(rule);
      cell.set_people_count(static_cast<int>(percents.size()));
      cell.set_right_percent(Average(percents));
    }
    HideFew(cells);
    std::move(cells.begin(), cells.end(), std::back_inserter(out));
  }
  std::sort(out.begin(), out.end(), [](const Cell& a, const Cell& b) {
    return std::make_tuple(a.hidden(), a.right_percent(), a.topic(), a.department()) <
           std::make_tuple(b.hidden(), b.right_percent(), b.topic(), b.department());
  });
  return out;
}

std::vector<absl::CivilDay> PickDays(std::vector<absl::CivilDay> days, absl::CivilDay today,
                                     int most) {
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  std::erase_if(days, [today](absl::CivilDay day) { return day >= today; });
  std::vector<absl::CivilDay> out;
  const auto count = static_cast<int>(days.size());
  const int wanted = std::min(count, most - 1);
  for (int i = 0; i < wanted; ++i) {
    out.push_back(days[static_cast<size_t>(wanted == 1 ? 0 : i * (count - 1) / (wanted - 1))]);
  }
  out.push_back(today);
  return out;
}

}  // namespace staraction::training
