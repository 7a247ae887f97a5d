// What the diagnosis, asset and risk services would tell for reports.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/document/test_company.h"
#include "services/document/test_parts.h"
#include "staraction/asset/v1/asset_snapshot_service.pb.h"
#include "staraction/diagnosis/v1/answer_sheet_service.pb.h"
#include "staraction/diagnosis/v1/diagnosis_service.pb.h"
#include "staraction/diagnosis/v1/review_service.pb.h"
#include "staraction/risk/v1/analysis_service.pb.h"
#include "staraction/risk/v1/treatment_service.pb.h"

namespace staraction::document {
namespace {

namespace ast = asset::v1;
namespace dia = diagnosis::v1;
namespace rsk = risk::v1;
using content::v1::Answer;

constexpr int kItems = 25;

std::string ItemCode(int number) {
  return absl::StrCat("SD_", number);
}

// Twenty-five items in three parts, each with the usual four answers.
void AddItems(dia::Diagnosis& diagnosis) {
  for (int number = 1; number <= kItems; ++number) {
    auto& item = *diagnosis.add_items();
    item.set_code(ItemCode(number));
    item.set_number(number);
    item.set_part(number <= 5 ? "BASIC" : number <= 18 ? "STAFF" : "ORGANIZATION");
    item.set_part_title(number <= 5    ? "基本的な対策"
                        : number <= 18 ? "従業員としての対策"
                                       : "組織としての対策");
    item.set_question(absl::StrCat(
        "パソコンやスマートフォンの更新を、気づいた人任せにせず、決めた日に行っていますか（",
        number, "）"));
    const struct {
      Answer answer;
      const char* label;
      int points;
    } choices[] = {{content::v1::ANSWER_FOLLOWED, "実施している", 4},
                   {content::v1::ANSWER_PARTLY, "一部実施している", 2},
                   {content::v1::ANSWER_NOT_FOLLOWED, "実施していない", 0},
                   {content::v1::ANSWER_UNKNOWN, "分からない", -1}};
    for (const auto& from : choices) {
      auto& choice = *item.add_choices();
      choice.set_answer(from.answer);
      choice.set_label(from.label);
      choice.set_points(from.points);
      choice.set_gap(from.points < 4);
    }
  }
}

dia::Diagnosis SelfDiagnosis(const std::string& name, int shift) {
  dia::Diagnosis diagnosis;
  diagnosis.set_name(name);
  diagnosis.set_client(kClientName);
  diagnosis.set_questionnaire("questionnaires/self-diagnosis-3-1");
  diagnosis.set_kind(content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS);
  diagnosis.set_state(dia::Diagnosis::STATE_CONCLUDED);
  diagnosis.set_edition("3.1");
  *diagnosis.mutable_conclude_time() = At(absl::CivilMinute(2026, 9, 10, 15, 0));
  AddItems(diagnosis);
  for (int number = 1; number <= kItems; ++number) {
    auto& answer = *diagnosis.add_answers();
    answer.set_item(ItemCode(number));
    answer.set_answer(static_cast<Answer>(1 + (number * number + shift) % 4));
  }
  auto& score = *diagnosis.mutable_score();
  score.set_total(52 + 9 * (1 - shift));
  score.set_maximum(100);
  score.set_answered_count(kItems);
  score.set_item_count(kItems);
  score.set_band("MIDDLE");
  score.set_band_title("対策の行き届かないところがあります");
  score.set_band_meaning("弱いところから一つずつ、担当と期限を決めて進めましょう。");
  const struct {
    const char* code;
    const char* title;
    int points;
    int maximum;
  } parts[] = {{"BASIC", "基本的な対策", 14, 20},
               {"STAFF", "従業員としての対策", 30, 52},
               {"ORGANIZATION", "組織としての対策", 8, 28}};
  for (const auto& from : parts) {
    auto& part = *score.add_parts();
    part.set_part(from.code);
    part.set_title(from.title);
    part.set_points(from.points - shift * 3);
    part.set_maximum(from.maximum);
  }
  return diagnosis;
}

void PutAdvice(FixedSources& sources) {
  auto& advice =
      sources.Answer<dia::AdviseDiagnosisRequest, dia::DiagnosisAdvice>(kSelfDiagnosisName);
  advice.set_order_note("点の伸びが大きいものから並べています。");
  advice.set_first_points(24);
  advice.set_all_points(48);
  for (int number = 1; number <= 12; ++number) {
    auto& item = *(number <= 6 ? advice.add_first() : advice.add_rest());
    item.set_item(ItemCode(number));
    item.set_number(number);
    item.set_answer(content::v1::ANSWER_NOT_FOLLOWED);
    item.set_measure_text("更新を行う曜日と担当を決め、済んだことを共有の表に書く。");
    item.set_why("古いままの機器は、公表された弱点を突かれて、気づかないうちに侵入されます。");
    item.set_how(
        "まず全部の機器を書き出し、自動で更新される設定になっているかを一台ずつ確かめます。");
    item.set_points_to_gain(4);
  }
}

void PutReview(FixedSources& sources) {
  auto& benchmark =
      sources.Answer<dia::BenchmarkDiagnosisRequest, dia::DiagnosisBenchmark>(kSelfDiagnosisName);
  for (const auto& [number, percent] : {std::pair(1, 73.0), std::pair(25, 39.2)}) {
    auto& line = *benchmark.add_survey_lines();
    line.set_item(ItemCode(number));
    line.set_number(number);
    line.set_question("パソコンの更新を行っていますか");
    line.set_percent(percent);
    line.set_answer(content::v1::ANSWER_PARTLY);
  }
  benchmark.set_peers_note("比べられる会社が5社に満たないため、まだ示せません。");
  auto& review =
      sources.Answer<dia::ReviewDiagnosisRequest, dia::DiagnosisReview>(kSelfDiagnosisName);
  auto& item = *review.add_items();
  item.set_item(ItemCode(11));
  item.set_number(11);
  item.set_question("重要な情報の控えを取っていますか");
  item.set_disagreement(true);
  item.set_decided(content::v1::ANSWER_PARTLY);
  item.set_decision_reason("現場の図面は控えがない。");
  for (const auto& [who, answer] : {std::pair("社長", content::v1::ANSWER_FOLLOWED),
                                    std::pair("IT担当", content::v1::ANSWER_PARTLY)}) {
    auto& voice = *item.add_voices();
    voice.set_display_name(who);
    voice.set_answer(answer);
  }
  item.add_contradictions()->set_text("台帳には、控えのある情報が一件もありません。");
}

ast::Asset LedgerEntry(int number) {
  static const char* const kNames[] = {"顧客名簿", "図面データ（加工指示つき）", "給与台帳",
                                       "受注伝票（控え）", "検査成績書"};
  static const char* const kMedia[] = {"事務所のパソコン", "社内サーバー", "書類",
                                       "クラウド・社外サーバー", "USBメモリーなど"};
  ast::Asset asset;
  asset.set_business(number % 3 == 0 ? "人事・労務" : "営業・受注");
  asset.set_display_name(absl::StrCat(kNames[number % 5], "（", 2010 + number % 17, "年度）"));
  asset.set_note(number % 4 == 0 ? "工場の共有端末からも見る" : "");
  asset.set_users("営業部、総務部");
  asset.set_department(number % 3 == 0 ? "総務部" : "営業部");
  asset.set_medium_display_name(kMedia[number % 5]);
  if (number % 5 == 0) asset.add_flags("PERSONAL");
  if (number % 5 == 2) asset.add_flags("MY_NUMBER");
  asset.set_confidentiality_value(1 + number % 3);
  asset.set_integrity_value(2);
  asset.set_availability_value(1 + number % 2);
  asset.set_importance(asset.flags().empty() ? 2 : 3);
  if (!asset.flags().empty()) {
    asset.set_persons(12 * number);
    asset.set_raise_reason("個人情報を含む");
  }
  asset.set_retention("7年");
  *asset.mutable_register_date() = Day(2026, 9, 1);
  return asset;
}

void AddBands(int high, int middle, int low,
              google::protobuf::RepeatedPtrField<rsk::BandCount>& bands) {
  const struct {
    const char* code;
    const char* title;
    int assets;
  } all[] = {{"HIGH", "大", high}, {"MIDDLE", "中", middle}, {"LOW", "小", low}};
  for (const auto& from : all) {
    auto& band = *bands.Add();
    band.set_band(from.code);
    band.set_display_name(from.title);
    band.set_assets(from.assets);
    band.set_scenarios(from.assets * 21);
  }
}

void AddGroups(std::initializer_list<const char*> titles,
               google::protobuf::RepeatedPtrField<rsk::RiskGroup>& groups) {
  int high = 5;
  for (const char* title : titles) {
    auto& group = *groups.Add();
    group.set_display_name(title);
    group.set_max_value(high > 0 ? 9 : 4);
    AddBands(std::max(0, high), 3, 8, *group.mutable_bands());
    high -= 2;
  }
}

void AddMatrix(rsk::RiskResult& result) {
  for (int importance = 1; importance <= 3; ++importance) {
    for (int likelihood = 1; likelihood <= 3; ++likelihood) {
      auto& cell = *result.add_heat_map();
      const int value = importance * likelihood;
      cell.set_importance(importance);
      cell.set_likelihood(likelihood);
      cell.set_value(value);
      cell.set_band(value >= 6 ? "HIGH" : value == 4 ? "MIDDLE" : "LOW");
      cell.set_assets(3 * importance + likelihood);
    }
  }
}

}  // namespace

void PutSelfDiagnosis(FixedSources& sources) {
  sources.Answer<dia::GetDiagnosisRequest, dia::Diagnosis>(kSelfDiagnosisName) =
      SelfDiagnosis(kSelfDiagnosisName, 0);
  const std::string before = kEngagementName + "/diagnoses/0190a000-0000-7000-8000-0000000000f6";
  sources.Answer<dia::GetDiagnosisRequest, dia::Diagnosis>(before) = SelfDiagnosis(before, 1);
  auto& trend = sources.Answer<dia::GetDiagnosisTrendRequest, dia::DiagnosisTrend>(kClientName);
  trend.add_points()->set_diagnosis(before);
  trend.add_points()->set_diagnosis(kSelfDiagnosisName);
  auto& sheet = sources.Answer<dia::GetAnswerSheetRequest, dia::AnswerSheet>(kAnswerSheetName);
  sheet.set_name(kAnswerSheetName);
  sheet.set_display_name("本社工場");
  PutAdvice(sources);
  PutReview(sources);
}

void PutLedger(int entries, FixedSources& sources) {
  auto& snapshot = sources.Answer<ast::GetAssetSnapshotRequest, ast::AssetSnapshot>(kSnapshotName);
  snapshot.set_name(kSnapshotName);
  snapshot.set_edition("3.1");
  snapshot.set_entry_count(entries);
  snapshot.set_personal_count(entries / 5);
  *snapshot.mutable_create_time() = At(absl::CivilMinute(2026, 9, 15, 10, 0));
  auto& list = sources.Answer<ast::ListSnapshotAssetsRequest, ast::ListSnapshotAssetsResponse>(
      kSnapshotName);
  list.Clear();
  for (int number = 1; number <= entries; ++number) {
    *list.add_snapshot_assets()->mutable_asset() = LedgerEntry(number);
  }
}

void PutAnalysis(FixedSources& sources) {
  auto& analysis = sources.Answer<rsk::GetAnalysisRequest, rsk::Analysis>(kAnalysisName);
  analysis.set_name(kAnalysisName);
  analysis.set_client(kClientName);
  analysis.set_edition("3.1");
  analysis.set_asset_count(42);
  analysis.set_unconfirmed_control_count(3);
  *analysis.mutable_create_time() = At(absl::CivilMinute(2026, 9, 20, 10, 0));
  auto& result = *analysis.mutable_stage_view();
  AddBands(9, 12, 21, *result.mutable_bands());
  AddMatrix(result);
  result.set_scenario_count(882);
  result.set_risk_sum(171);
  AddGroups({"書類", "事務所のパソコン", "社内サーバー", "クラウド・社外サーバー"},
            *result.mutable_media());
  AddGroups(
      {"取得・入力", "移送・送信", "利用・加工", "保管・バックアップ", "委託・提供", "消去・廃棄"},
      *result.mutable_stages());
  AddGroups({"営業部", "総務部", "製造部"}, *result.mutable_departments());
  AddBands(7, 12, 23, *analysis.mutable_sheet_view()->mutable_bands());
  auto& change = *analysis.mutable_change();
  AddBands(17, 14, 11, *change.mutable_bands_before());
  change.set_risk_sum_before(233);
  change.set_lower(19);
  change.set_higher(1);
  for (int i = 0; i < 5; ++i) {
    auto& top = *analysis.add_top_risks();
    top.set_asset_display_name("顧客名簿（営業用の写し）");
    top.set_department("営業部");
    top.set_medium_display_name("USBメモリーなど");
    top.set_stage_display_name("移送・送信");
    top.set_threat_display_name("社外での紛失・盗難");
    top.set_value(9 - i);
    top.set_band(i < 4 ? "HIGH" : "MIDDLE");
    top.set_reason(
        "営業先へ持ち出すことが週に何度もあり、暗号化と持ち出しの記録が行われていません。");
  }
  auto& list = sources.Answer<rsk::ListTreatmentsRequest, rsk::ListTreatmentsResponse>(kClientName);
  auto& treatment = *list.add_treatments();
  treatment.set_analysis(kAnalysisName);
  treatment.set_display_name("持ち出しの紛失を減らす");
  treatment.set_strategy(rsk::Treatment::STRATEGY_REDUCE);
  treatment.set_state(rsk::Treatment::STATE_PLANNED);
  treatment.set_note("暗号化したUSBメモリーだけを使い、持ち出し管理簿に書く。");
  treatment.set_value(9);
  treatment.set_residual_value(3);
  list.add_treatments()->set_state(rsk::Treatment::STATE_WITHDRAWN);
}

}  // namespace staraction::document
