// Analyses of ledgers of growing size: computing alone, storing alone, and the whole call through
// real gRPC over a real database of its own, with the ledger read from memory.
//   risk-load [REPEATS]
// Prints medians. Scenarios are those of the stage view that have a value: "tables" is what an
// analysis does, a look-up an asset; "values" writes the value of every scenario into one column.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "absl/strings/str_format.h"
#include "common/base/id.h"
#include "common/content/library.h"
#include "services/risk/domain/frozen.h"
#include "services/risk/domain/summary.h"
#include "services/risk/risk_content.h"
#include "services/risk/store/analyses.h"
#include "services/risk/testing.h"

namespace staraction::risk {
namespace {

double Median(int repeats, const std::function<void()>& run) {
  std::vector<double> times;
  for (int i = 0; i <= repeats; ++i) {  // the first is to warm up
    const absl::Time begin = RealClock()();
    run();
    if (i > 0) times.push_back(absl::ToDoubleMilliseconds(RealClock()() - begin));
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

class RiskLoad : public RiskTest {
 public:
  RiskLoad() : library_(*content::Library::Load()) {
    const ModelContent content = FindModel(*library_, "risk-model-3-1");
    model_ = domain::Compile(*content.model, *content.catalogue, *content.scheme);
    for (const auto& threat : content.catalogue->threats()) {
      states_now_.frequency.push_back(threat.frequency());
    }
    states_now_.level.assign(model_.controls.size(), v1::ControlState::LEVEL_PARTLY);
  }

  void Measure(int assets, int repeats) {
    Fill(assets);
    auto call = service_->host().ServiceCall(test::kOrganization, kClientId, absl::Minutes(1));
    const auto ledger = ReadLedger(*call, *ledgers_, kSnapshot, model_);
    const domain::Analysed analysed = domain::Compute(model_, states_now_, *ledger);
    const double tables = Median(repeats, [&] {
      const domain::Analysed again = domain::Compute(model_, states_now_, *ledger);
      const domain::Cells cells = domain::CellsOf(again, *ledger);
      domain::Summarize(model_, again.tables, cells, v1::RISK_VIEW_STAGE);
      domain::Summarize(model_, again.tables, cells, v1::RISK_VIEW_SHEET);
    });
    std::vector<uint8_t> values;
    const double all = Median(repeats, [&] { WriteValues(analysed, *ledger, values); });
    const double store = Median(repeats, [&] { Store(*call, analysed, *ledger); });
    const double whole = Median(repeats, [&] {
      const auto created = Create();
      if (!created.ok()) std::printf("%s\n", created.status().ToString().c_str());
    });
    const double scenarios = static_cast<double>(analysed.scenarios);
    std::printf("%7d %10.0f %9.2f ms %6.0f M/s %9.2f ms %6.0f M/s %9.1f ms %9.1f ms\n", assets,
                scenarios, tables, scenarios / tables / 1000, all, scenarios / all / 1000, store,
                whole);
  }

  void TestBody() override {}

 private:
  void Fill(int assets) {
    ledgers_->snapshots.clear();
    for (int i = 0; i < assets; ++i) {
      std::vector<std::string> stages;
      for (size_t stage = 0; stage < model_.stages.size(); ++stage) {
        // All stages for most; a sixth of the ledger lacks one.
        if (i % 36 != static_cast<int>(stage)) stages.push_back(model_.stages[stage]);
      }
      AddAsset(i + 1, absl::StrCat("情報資産", i + 1), model_.media[static_cast<size_t>(i) % 6],
               i % 3 + 1, stages, absl::StrCat("部署", i % 20), i % 1000);
    }
  }

  void WriteValues(const domain::Analysed& analysed, const domain::Ledger& ledger,
                   std::vector<uint8_t>& values) const {
    values.clear();
    values.reserve(static_cast<size_t>(analysed.scenarios));
    for (size_t i = 0; i < ledger.size(); ++i) {
      for (const domain::Slot& slot : analysed.tables[analysed.table[i]].stage_view) {
        if (slot.likelihood > 0) {
          values.push_back(static_cast<uint8_t>(ledger.importance[i] * slot.likelihood));
        }
      }
    }
  }

  void Store(const Call& call, const domain::Analysed& analysed, const domain::Ledger& ledger) {
    const absl::Status stored = service_->host().pool().Run(call, [&](pg::Transaction& tx) {
      v1::Analysis analysis;
      analysis.set_name(kEngagement + "/analyses/" + NewId(call.now));
      analysis.set_client(kClient);
      analysis.set_snapshot(kSnapshot);
      analysis.set_risk_model("riskModels/risk-model-3-1");
      SA_RETURN_IF_ERROR(kAnalyses.Insert(tx, analysis).status());
      SA_RETURN_IF_ERROR(StoreModel(tx, analysis.name(), domain::Freeze(model_, analysed.tables)));
      return StoreAssets(tx, analysis.name(), analysed, ledger);
    });
    if (!stored.ok()) std::printf("%s\n", stored.ToString().c_str());
  }

  std::unique_ptr<const content::Library> library_;
  domain::Model model_;
  domain::States states_now_;
};

}  // namespace
}  // namespace staraction::risk

int main(int argc, char** argv) {
  const int repeats = argc > 1 ? std::atoi(argv[1]) : 5;
  staraction::risk::RiskLoad load;
  std::printf(
      " assets  scenarios       tables              values              store     whole call\n");
  for (const int assets : {100, 1'000, 10'000, 100'000}) load.Measure(assets, repeats);
  return 0;
}
