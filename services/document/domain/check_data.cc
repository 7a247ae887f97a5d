#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/paper/form_code.h"
#include "common/resource/name.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

using content::v1::Answer;
using diagnosis::v1::Choice;
using diagnosis::v1::Diagnosis;
using diagnosis::v1::QuestionnaireItem;

constexpr size_t kLeastAxes = 3;

const QuestionnaireItem* FindItem(const Diagnosis& diagnosis, const std::string& code) {
  for (const auto& item : diagnosis.items()) {
    if (item.code() == code) return &item;
  }
  return nullptr;
}

const Choice* FindChoice(const QuestionnaireItem& item, Answer answer) {
  for (const auto& choice : item.choices()) {
    if (choice.answer() == answer) return &choice;
  }
  return nullptr;
}

Answer AnswerOf(const Diagnosis& diagnosis, const std::string& code) {
  for (const auto& answer : diagnosis.answers()) {
    if (answer.item() == code && answer.site().empty()) return answer.answer();
  }
  for (const auto& answer : diagnosis.answers()) {
    if (answer.item() == code) return answer.answer();
  }
  return content::v1::ANSWER_UNSPECIFIED;
}

// The answer for people; empty: there is none.
std::string AnswerText(const Diagnosis& diagnosis, const std::string& code, Answer answer) {
  const QuestionnaireItem* item = FindItem(diagnosis, code);
  const Choice* choice = item == nullptr ? nullptr : FindChoice(*item, answer);
  return choice == nullptr ? "" : choice->label();
}

std::string SignedText(int number) {
  return number > 0 ? absl::StrCat("+", number) : absl::StrCat(number);
}

std::string PercentText(int points, int maximum) {
  return maximum <= 0 ? "" : DecimalText(100.0 * std::max(0, points) / maximum);
}

// A part as the axis of a chart: percent of its points, now and in the diagnosis before.
void AddParts(const SubjectFacts& facts, TemplateData& data) {
  auto& list = data.lists["part"];
  const auto* before = facts.base_diagnosis.has_score() ? &facts.base_diagnosis.score() : nullptr;
  for (const auto& part : facts.diagnosis.score().parts()) {
    FieldValues row = {
        {"title", part.title()},
        {"points", part.has_points() ? absl::StrCat(part.points()) : ""},
        {"maximum", absl::StrCat(part.maximum())},
        {"percent", part.has_points() ? PercentText(part.points(), part.maximum()) : ""},
        {"before", ""}};
    if (before != nullptr) {
      for (const auto& other : before->parts()) {
        if (other.part() != part.part() || !other.has_points()) continue;
        row["before"] = PercentText(other.points(), other.maximum());
      }
    }
    list.push_back(std::move(row));
  }
}

// Points that the diagnosis has of an item, 0 at least, and that it could have.
std::pair<int, int> PointsOf(const Diagnosis& diagnosis, const QuestionnaireItem& item) {
  const Choice* choice = FindChoice(item, AnswerOf(diagnosis, item.code()));
  int most = 0;
  for (const auto& each : item.choices()) most = std::max(most, each.points());
  return {choice == nullptr ? 0 : std::max(0, choice->points()), most};
}

// Percent of the points by chapter of the regulations.
std::map<int, std::string> PercentByChapter(const SubjectFacts& facts, const Diagnosis& diagnosis) {
  std::map<int, std::pair<int, int>> sums;
  for (const auto& item : diagnosis.items()) {
    const auto chapter = facts.item_chapters.find(item.code());
    if (chapter == facts.item_chapters.end()) continue;
    const auto [points, most] = PointsOf(diagnosis, item);
    sums[chapter->second].first += points;
    sums[chapter->second].second += most;
  }
  std::map<int, std::string> percent;
  for (const auto& [chapter, sum] : sums) percent[chapter] = PercentText(sum.first, sum.second);
  return percent;
}

// The axes of the radar: the chapters that rule what was asked, else the parts.
void AddAxes(const SubjectFacts& facts, TemplateData& data) {
  auto& list = data.lists["axis"];
  const auto now = PercentByChapter(facts, facts.diagnosis);
  const auto before = PercentByChapter(facts, facts.base_diagnosis);
  for (const auto& [chapter, percent] : now) {
    const auto title = facts.chapter_titles.find(chapter);
    const auto earlier = before.find(chapter);
    list.push_back(
        {{"title",
          title == facts.chapter_titles.end() ? absl::StrCat("第", chapter, "章") : title->second},
         {"percent", percent},
         {"before", earlier == before.end() ? "" : earlier->second}});
  }
  if (list.size() >= kLeastAxes) return;
  list = data.lists["part"];
  if (list.size() < kLeastAxes) list.clear();
}

void AddItems(const SubjectFacts& facts, TemplateData& data) {
  auto& list = data.lists["item"];
  for (const auto& item : facts.diagnosis.items()) {
    const Answer answer = AnswerOf(facts.diagnosis, item.code());
    const Choice* choice = FindChoice(item, answer);
    list.push_back({{"number", absl::StrCat(item.number())},
                    {"part", item.part_title()},
                    {"question", item.question()},
                    {"answer", choice == nullptr ? "未回答" : choice->label()},
                    {"points", choice == nullptr ? "" : absl::StrCat(choice->points())},
                    {"gap", choice != nullptr && choice->gap() ? "1" : ""}});
  }
}

void AddAdvice(const SubjectFacts& facts, TemplateData& data) {
  const auto add = [&](const auto& items, const std::string& name) {
    auto& list = data.lists[name];
    for (const auto& item : items) {
      list.push_back({{"number", absl::StrCat(item.number())},
                      {"question", item.question()},
                      {"answer", AnswerText(facts.diagnosis, item.item(), item.answer())},
                      {"measure", item.measure_text()},
                      {"why", item.why()},
                      {"how", item.how()},
                      {"points", SignedText(item.points_to_gain())}});
    }
  };
  add(facts.advice.first(), "first");
  add(facts.advice.rest(), "rest");
  data.fields["advice.first_points"] = absl::StrCat(facts.advice.first_points());
  data.fields["advice.all_points"] = absl::StrCat(facts.advice.all_points());
  data.fields["advice.order_note"] = facts.advice.order_note();
}

void AddBenchmark(const SubjectFacts& facts, TemplateData& data) {
  auto& list = data.lists["survey"];
  for (const auto& line : facts.benchmark.survey_lines()) {
    list.push_back({{"number", absl::StrCat(line.number())},
                    {"question", line.question()},
                    {"percent", DecimalText(line.percent())},
                    {"own", AnswerText(facts.diagnosis, line.item(), line.answer())},
                    {"source", line.source()}});
  }
  const auto& peers = facts.benchmark.peers();
  const bool compared = facts.benchmark.has_peers();
  data.fields["peers.companies"] = compared ? absl::StrCat(peers.companies()) : "";
  data.fields["peers.mean"] = compared ? DecimalText(peers.mean()) : "";
  data.fields["peers.deviation_score"] = compared ? DecimalText(peers.deviation_score()) : "";
  data.fields["peers.size"] = peers.size_title();
  data.fields["peers.note"] = facts.benchmark.peers_note();
}

void AddDisagreements(const SubjectFacts& facts, TemplateData& data) {
  auto& voices = data.lists["disagreement"];
  auto& contradictions = data.lists["contradiction"];
  for (const auto& item : facts.review.items()) {
    for (const auto& found : item.contradictions()) {
      contradictions.push_back({{"number", absl::StrCat(item.number())},
                                {"question", item.question()},
                                {"text", found.text()}});
    }
    if (!item.disagreement()) continue;
    std::vector<std::string> said;
    for (const auto& voice : item.voices()) {
      const std::string text = AnswerText(facts.diagnosis, item.item(), voice.answer());
      said.push_back(absl::StrCat(voice.display_name(), "：", text));
    }
    for (const auto& count : item.staff()) {
      said.push_back(absl::StrCat("従業員：", count.label(), " ", count.count(), "人"));
    }
    voices.push_back({{"number", absl::StrCat(item.number())},
                      {"question", item.question()},
                      {"voices", JoinedText(said, "\n")},
                      {"decided", AnswerText(facts.diagnosis, item.item(), item.decided())},
                      {"reason", item.decision_reason()}});
  }
}

}  // namespace

void FillDiagnosisReport(const SubjectFacts& facts, TemplateData& data) {
  const auto& score = facts.diagnosis.score();
  const auto& before = facts.base_diagnosis.score();
  const bool compared = before.has_total() && score.has_total();
  data.fields["score.total"] = score.has_total() ? absl::StrCat(score.total()) : "";
  data.fields["score.maximum"] = absl::StrCat(score.maximum());
  data.fields["score.band"] = score.band_title();
  data.fields["score.band_meaning"] = score.band_meaning();
  data.fields["score.answered"] =
      absl::StrCat(score.answered_count(), "／", score.item_count(), "項目");
  data.fields["score.not_used_points"] =
      score.not_used_points() == 0 ? "" : absl::StrCat(score.not_used_points());
  data.fields["score.before"] = compared ? absl::StrCat(before.total()) : "";
  data.fields["score.change"] = compared ? SignedText(score.total() - before.total()) : "";
  data.fields["diagnosis.edition"] = facts.diagnosis.edition();
  data.fields["diagnosis.date"] = DateText(facts.diagnosis.conclude_time());
  AddParts(facts, data);
  AddAxes(facts, data);
  AddItems(facts, data);
  AddAdvice(facts, data);
  AddBenchmark(facts, data);
  AddDisagreements(facts, data);
}

void FillDiagnosisSheet(const SubjectFacts& facts, TemplateData& data) {
  const auto& sheet = facts.answer_sheet;
  data.fields["sheet.title"] = facts.questionnaire_title;
  data.fields["sheet.instruction"] = facts.instruction;
  data.fields["sheet.edition"] = facts.diagnosis.edition();
  data.fields["sheet.name"] = sheet.display_name();
  const std::string code = sheet.name().empty()
                               ? ""
                               : paper::EncodeFormCode({.kind = paper::FormKind::kRuleCheck,
                                                        .resource = LastId(sheet.name()),
                                                        .member = LastId(sheet.member())});
  data.fields["form.code"] = code;
  data.fields["form.code_text"] = GroupedText(code, 6);
  auto& groups = data.lists["group"];
  std::string part = "-";
  for (const auto& item : facts.diagnosis.items()) {
    if (item.part() != part) {
      part = item.part();
      groups.push_back({{"title", item.part_title()}});
      data.lists[absl::StrCat("group[", groups.size() - 1, "].item")] = {};
    }
    std::vector<std::string> choices;
    for (const auto& choice : item.choices()) choices.push_back("□ " + choice.label());
    data.lists[absl::StrCat("group[", groups.size() - 1, "].item")].push_back(
        {{"number", absl::StrCat(item.number())},
         {"question", item.question()},
         {"choices", JoinedText(choices, "　")}});
  }
}

}  // namespace staraction::document::domain
