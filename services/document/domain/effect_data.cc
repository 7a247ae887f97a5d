#include <algorithm>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

using diagnosis::v1::Measure;
using training::v1::TrainingReport;

std::string PercentText(bool known, double percent) {
  return known ? DecimalText(percent) : "";
}

// "26人／28人（92.9％）"; empty if nobody counts.
std::string ShareText(int part, int whole) {
  if (whole == 0) return "";
  return absl::StrCat(part, "人／", whole, "人（", DecimalText(100.0 * part / whole), "％）");
}

void AddTraining(const TrainingReport& report, TemplateData& data) {
  data.fields["effect.training"] =
      ShareText(report.coverage().completed_count(), report.coverage().counted_count());
  const auto& effect = report.effect();
  data.fields["effect.before"] = PercentText(effect.has_before_percent(), effect.before_percent());
  data.fields["effect.after"] = PercentText(effect.has_after_percent(), effect.after_percent());
  data.fields["effect.gain"] = PercentText(effect.has_gain_points(), effect.gain_points());
  data.fields["effect.before_count"] = absl::StrCat(effect.before_count());
  data.fields["effect.after_count"] = absl::StrCat(effect.after_count());
  data.fields["effect.hidden"] = effect.hidden() ? "1" : "";
  auto& topics = data.lists["topic"];
  for (const auto& topic : report.topics()) {
    if (!topic.effect().has_before_percent() && !topic.effect().has_after_percent()) continue;
    topics.push_back({{"title", topic.title()},
                      {"before", PercentText(topic.effect().has_before_percent(),
                                             topic.effect().before_percent())},
                      {"after", PercentText(topic.effect().has_after_percent(),
                                            topic.effect().after_percent())}});
  }
  // Titles begin with the rule's number.
  std::stable_sort(topics.begin(), topics.end(),
                   [](const auto& a, const auto& b) { return a.at("title") < b.at("title"); });
}

void AddPledges(const SubjectFacts& facts, TemplateData& data) {
  // The newest campaign that was opened says how far it is.
  const declaration::v1::Campaign* last = nullptr;
  for (const auto& campaign : facts.campaigns) {
    if (campaign.has_open_time()) last = &campaign;
  }
  data.fields["effect.pledges"] =
      last == nullptr ? "" : ShareText(last->coverage().pledged(), last->coverage().counted());
}

// What became of the gaps of the engagement's checks. An item is one gap, however many measures it
// took (finding out, then mending); it is closed when all of them are done.
void AddMeasures(const SubjectFacts& facts, TemplateData& data) {
  std::map<std::string, bool> closed_by_item;
  int decided = 0;
  for (const Measure& measure : facts.measures) {
    const bool ours =
        std::any_of(facts.diagnoses.begin(), facts.diagnoses.end(),
                    [&](const auto& diagnosis) { return diagnosis.name() == measure.diagnosis(); });
    if (!ours) continue;
    const bool done =
        measure.state() == Measure::STATE_DONE || measure.state() == Measure::STATE_VERIFIED;
    const auto [item, first] = closed_by_item.emplace(measure.item(), done);
    if (!first) item->second = item->second && done;
    decided += measure.state() != Measure::STATE_PROPOSED;
  }
  const auto found = static_cast<int64_t>(closed_by_item.size());
  const int64_t closed = std::count_if(closed_by_item.begin(), closed_by_item.end(),
                                       [](const auto& item) { return item.second; });
  data.fields["effect.gaps_found"] = absl::StrCat(found);
  data.fields["effect.gaps_closed"] = absl::StrCat(closed);
  data.fields["effect.gaps_open"] = absl::StrCat(found - closed);
  data.fields["effect.measures_decided"] = absl::StrCat(decided);
}

void AddComparison(const SubjectFacts& facts, TemplateData& data) {
  data.fields["effect.compared"] = facts.comparison ? "1" : "";
  auto& gaps = data.lists["gap"];
  if (!facts.comparison) return;
  const auto& total = facts.comparison->total();
  data.fields["effect.gaps_found"] = absl::StrCat(total.gaps_before());
  data.fields["effect.gaps_closed"] = absl::StrCat(total.closed());
  data.fields["effect.gaps_open"] = absl::StrCat(total.gaps_after());
  for (const auto& rule : facts.comparison->rules()) {
    gaps.push_back(
        {{"title", rule.rule_title()},
         {"before", absl::StrCat(rule.counts().gaps_before())},
         {"closed", absl::StrCat(rule.counts().closed())},
         {"opened", absl::StrCat(rule.counts().opened() + rule.counts().new_item_gaps())},
         {"remaining", absl::StrCat(rule.counts().remaining())}});
  }
}

}  // namespace

void FillEffectReport(const SubjectFacts& facts, TemplateData& data) {
  AddTraining(facts.training_report, data);
  AddPledges(facts, data);
  AddMeasures(facts, data);
  AddComparison(facts, data);
  int rules = 0;
  for (const auto& section : facts.rulebook.sections()) rules += section.entries_size();
  data.fields["effect.rules"] = absl::StrCat(rules);
}

}  // namespace staraction::document::domain
