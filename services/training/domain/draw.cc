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

// A place in the test; `pair` is that of the question that stood there before, if one did.
struct Slot {
  std::string topic;
  int difficulty;
  std::string pair;
};

// Its own output is fixed by the C++ standard; the standard distributions are not, so they are
// not used.
using Random = std::mt19937_64;

std::string PackOf(const Course& course) {
  return course.pack().urn() + "@" + std::to_string(course.pack().version());
}

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
      slots.push_back(
          {draw.topic(), difficulties[static_cast<size_t>(i) % difficulties.size()], ""});
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
      slots.push_back({question.topic(), question.difficulty(), question.pair()});
    }
  }
  return slots;
}

std::vector<Slot> SlotsFor(const Course& course, v1::Attempt::Kind kind,
                           const std::vector<v1::Attempt>& earlier, Random& random) {
  if (kind == v1::Attempt::KIND_RETEST && !earlier.empty()) return SlotsOf(earlier.back(), true);
  if (!earlier.empty() && earlier.front().pack() == PackOf(course))
    return SlotsOf(earlier.front(), false);
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
  question.set_rule(from.rule());
  question.set_pair(from.pair());
  return question;
}

// In which attempt each question was seen last, from 1.
std::map<std::string, size_t> Seen(const std::vector<v1::Attempt>& earlier) {
  std::map<std::string, size_t> seen;
  for (size_t i = 0; i < earlier.size(); ++i) {
    for (const Question& question : earlier[i].questions()) seen[question.code()] = i + 1;
  }
  return seen;
}

// The same attempts, with one of these questions in front.
std::vector<v1::Attempt> Behind(const v1::PaperTest::Variant& first, const Course& course,
                                const std::vector<v1::Attempt>& attempts) {
  std::vector<v1::Attempt> out(1);
  out.front().set_pack(PackOf(course));
  *out.front().mutable_questions() = first.questions();
  out.insert(out.end(), attempts.begin(), attempts.end());
  return out;
}

}  // namespace

std::vector<Question> DrawQuestions(const Course& course, v1::Attempt::Kind kind,
                                    const std::vector<v1::Attempt>& earlier, int64_t seed) {
  Random random(static_cast<uint64_t>(seed));
  const std::map<std::string, size_t> seen = Seen(earlier);
  std::set<std::string> drawn;
  std::vector<Question> out;
  for (const Slot& slot : SlotsFor(course, kind, earlier, random)) {
    // Smallest is best: never seen, not of the last attempt, of the place's difficulty, the other
    // one of its pair, longest not seen.
    std::tuple<bool, bool, int, bool, size_t, uint64_t> best_rank;
    const TestQuestion* best = nullptr;
    for (const TestQuestion& question : course.questions()) {
      if (question.topic() != slot.topic || drawn.count(question.code()) > 0) continue;
      const auto found = seen.find(question.code());
      const size_t last = found == seen.end() ? 0 : found->second;
      const std::tuple<bool, bool, int, bool, size_t, uint64_t> rank(
          last > 0, last > 0 && last == earlier.size(),
          std::abs(question.difficulty() - slot.difficulty),
          slot.pair.empty() || question.pair() != slot.pair, last, random());
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

std::vector<v1::PaperTest::Variant> DrawVariants(const Course& course, v1::Attempt::Kind kind,
                                                 const std::vector<v1::PaperTest>& earlier,
                                                 int count, int64_t seed) {
  std::vector<v1::Attempt> seen;
  for (const v1::PaperTest& paper : earlier) {
    for (const auto& variant : paper.variants()) {
      v1::Attempt& attempt = seen.emplace_back();
      attempt.set_pack(paper.pack());
      *attempt.mutable_questions() = variant.questions();
    }
  }
  Random seeds(static_cast<uint64_t>(seed));
  std::vector<v1::PaperTest::Variant> variants;
  for (int i = 0; i < count; ++i) {
    v1::PaperTest::Variant& variant = variants.emplace_back();
    variant.set_code(std::string(1, static_cast<char>('A' + i)));
    const auto next = static_cast<int64_t>(seeds() >> 1);
    // The first one is the pattern of the others, as a test before is that of the test after.
    for (auto& question :
         DrawQuestions(course, i == 0 ? kind : v1::Attempt::KIND_AFTER,
                       i == 0 ? seen : Behind(variants.front(), course, seen), next)) {
      *variant.add_questions() = std::move(question);
    }
    v1::Attempt& attempt = seen.emplace_back();
    attempt.set_pack(PackOf(course));
    *attempt.mutable_questions() = variant.questions();
  }
  return variants;
}

}  // namespace staraction::training
