#include "services/training/domain/draw.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>

namespace staraction::training {
namespace {

using content::v1::Course;
using content::v1::TestQuestion;
using Question = v1::Attempt::Question;

// A place in the test.
struct Slot {
  std::string topic;
  int difficulty;
};

// Its own output is fixed by the C++ standard; the standard distributions are not, so they are
// not used.
using Random = std::mt19937_64;

// Difficulties that the bank has for the topic, in random order.
std::vector<int> Difficulties(const Course& course, const std::string& topic, Random& random) {
  std::set<int> found;
  for (const TestQuestion& question : course.questions()) {
    if (question.topic() == topic) found.insert(question.difficulty());
  }
  std::vector<std::pair<uint64_t, int>> order;
  for (const int difficulty : found) order.emplace_back(random(), difficulty);
  std::sort(order.begin(), order.end());
  std::vector<int> out;
  for (const auto& [unused, difficulty] : order) out.push_back(difficulty);
  return out;
}

std::vector<Slot> FullTest(const Course& course, Random& random) {
  std::vector<Slot> slots;
  for (const auto& draw : course.test().draws()) {
    const std::vector<int> difficulties = Difficulties(course, draw.topic(), random);
    for (int i = 0; i < draw.count() && !difficulties.empty(); ++i) {
      slots.push_back({draw.topic(), difficulties[static_cast<size_t>(i) % difficulties.size()]});
    }
  }
  return slots;
}

// The places of an earlier attempt, only those of its missed topics if `missed`.
std::vector<Slot> SlotsOf(const v1::Attempt& attempt, bool missed) {
  const std::set<std::string> topics(attempt.missed_topics().begin(),
                                     attempt.missed_topics().end());
  std::vector<Slot> slots;
  for (const Question& question : attempt.questions()) {
    if (!missed || topics.count(question.topic()) > 0) {
      slots.push_back({question.topic(), question.difficulty()});
    }
  }
  return slots;
}

std::vector<Slot> SlotsFor(const Course& course, v1::Attempt::Kind kind,
                           const std::vector<v1::Attempt>& earlier, Random& random) {
  if (kind == v1::Attempt::KIND_RETEST && !earlier.empty()) return SlotsOf(earlier.back(), true);
  const std::string pack = course.pack().urn() + "@" + std::to_string(course.pack().version());
  if (!earlier.empty() && earlier.front().pack() == pack) return SlotsOf(earlier.front(), false);
  return FullTest(course, random);
}

Question AsAsked(const TestQuestion& from) {
  Question question;
  question.set_code(from.code());
  question.set_topic(from.topic());
  question.set_difficulty(from.difficulty());
  question.set_text(from.question().ja());
  for (const auto& choice : from.choices()) question.add_choices(choice.ja());
  question.set_correct_index(from.correct_index());
  question.set_explanation(from.explanation().ja());
  return question;
}

}  // namespace

std::vector<Question> DrawQuestions(const Course& course, v1::Attempt::Kind kind,
                                    const std::vector<v1::Attempt>& earlier, int64_t seed) {
  Random random(static_cast<uint64_t>(seed));
  std::map<std::string, size_t> seen;  // in which attempt last, from 1
  for (size_t i = 0; i < earlier.size(); ++i) {
    for (const Question& question : earlier[i].questions()) seen[question.code()] = i + 1;
  }
  std::set<std::string> drawn;
  std::vector<Question> out;
  for (const Slot& slot : SlotsFor(course, kind, earlier, random)) {
    // Smallest is best: not of the last attempt, of the slot's difficulty, longest not seen.
    std::tuple<bool, int, size_t, uint64_t> best_rank;
    const TestQuestion* best = nullptr;
    for (const TestQuestion& question : course.questions()) {
      if (question.topic() != slot.topic || drawn.count(question.code()) > 0) continue;
      const auto found = seen.find(question.code());
      const size_t last = found == seen.end() ? 0 : found->second;
      const std::tuple<bool, int, size_t, uint64_t> rank(
          last > 0 && last == earlier.size(), std::abs(question.difficulty() - slot.difficulty),
          last, random());
      if (best == nullptr || rank < best_rank) {
        best = &question;
        best_rank = rank;
      }
    }
    if (best == nullptr) continue;
    drawn.insert(best->code());
    out.push_back(AsAsked(*best));
  }
  return out;
}

}  // namespace staraction::training
