// Reports over the portfolio through a real server and a real database.

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/table/csv_reader.h"
#include "common/table/xlsx_reader.h"
#include "services/engagement/testing/work_test.h"
#include "staraction/engagement/v1/report_service.grpc.pb.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Reports = v1::ReportService;

class ReportTest : public WorkTest {
 protected:
  // Facts as the services would have stated them, of an engagement whose client has declared.
  void SetFigures(const v1::Engagement& engagement, const std::string& figures) {
    const std::string id = engagement.name().substr(sizeof("engagements/") - 1);
    world_.Query("update engagement.engagement set figures = '" + figures +
                 "' where engagement_id = '" + id + "'");
    world_.Query(
        "insert into engagement.engagement_transition (organization_id, client_id, engagement_id, "
        "engagement_transition_id, from_state, to_state, reason, effective_date, recorded_by, "
        "create_time) select organization_id, client_id, engagement_id, gen_random_uuid(), "
        "'STATE_ACTIVE', 'STATE_DECLARED', '', start_date + 45, '', now() from "
        "engagement.engagement where engagement_id = '" +
        id + "'");
  }
  absl::StatusOr<v1::ListOutcomesResponse> Outcomes(const std::string& who,
                                                    const v1::ListOutcomesRequest& request = {}) {
    return As<Reports>(who, &Reports::Stub::ListOutcomes, request);
  }
};

constexpr char kFigures[] =
    R"({"training.coverage": 0.75, "training.test_before": 0.4, "training.test_after": 0.9,
        "self_diagnosis.score": 71, "self_diagnosis.score_before": 38, "check.gaps_before": 4,
        "check.gaps_after": 0, "risk.high_before": 6, "pledge.coverage": 1, "measure.open": 2})";

TEST_F(ReportTest, OutcomesTellBeforeAndAfterAndLeaveOutWhatIsNotKnown) {
  const v1::Engagement known = Open();
  const v1::Engagement fresh = Open();
  SetFigures(known, kFigures);
  const auto page = Outcomes("reporter");
  ASSERT_OK(page);
  ASSERT_THAT(page->outcomes(), SizeIs(2));
  const v1::Outcome& outcome = page->outcomes(0);
  EXPECT_EQ(outcome.engagement(), known.name());
  EXPECT_EQ(outcome.client_display_name(), client_.legal_name());
  EXPECT_EQ(outcome.days_to_declaration(), 45);
  EXPECT_EQ(outcome.training_coverage(), 0.75);
  EXPECT_EQ(outcome.test_before(), 0.4);
  EXPECT_EQ(outcome.test_after(), 0.9);
  EXPECT_EQ(outcome.score_before(), 38);
  EXPECT_EQ(outcome.score_after(), 71);
  EXPECT_EQ(outcome.gaps_before(), 4);
  EXPECT_TRUE(outcome.has_gaps_after());
  EXPECT_EQ(outcome.gaps_after(), 0);
  EXPECT_EQ(outcome.high_risks_before(), 6);
  EXPECT_FALSE(outcome.has_high_risks_after());
  EXPECT_EQ(outcome.pledge_coverage(), 1);
  EXPECT_EQ(outcome.measures_open(), 2);
  EXPECT_FALSE(outcome.has_measures_done());
  const v1::Outcome& unknown = page->outcomes(1);
  EXPECT_EQ(unknown.engagement(), fresh.name());
  EXPECT_FALSE(unknown.has_days_to_declaration());
  EXPECT_FALSE(unknown.has_score_before());
  EXPECT_GT(unknown.official_total(), 0);

  // A single self-diagnosis is the one before.
  SetFigures(fresh, R"({"self_diagnosis.score": 50})");
  ASSERT_OK_AND_ASSIGN(const auto once, Outcomes("reporter"));
  EXPECT_EQ(once.outcomes(1).score_before(), 50);
  EXPECT_FALSE(once.outcomes(1).has_score_after());
}

TEST_F(ReportTest, OutcomesCountTimeAndGoByPages) {
  const v1::Engagement first = Open();
  const v1::Engagement second = Open();
  v1::CreateEffortEntryRequest effort;
  effort.set_parent(first.name());
  effort.mutable_effort_entry()->set_step("1.1");
  effort.mutable_effort_entry()->set_minutes(90);
  *effort.mutable_effort_entry()->mutable_work_date() = ToProtoDate(today_);
  ASSERT_OK(As<Efforts>("consultant", &Efforts::Stub::CreateEffortEntry, effort));
  v1::ListOutcomesRequest request;
  request.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto one, Outcomes("consultant", request));
  ASSERT_THAT(one.outcomes(), SizeIs(1));
  EXPECT_EQ(one.outcomes(0).effort_minutes(), 90);
  request.set_page_token(one.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto two, Outcomes("consultant", request));
  EXPECT_EQ(two.outcomes(0).engagement(), second.name());
  EXPECT_THAT(two.next_page_token(), IsEmpty());
  request.set_star(2);
  EXPECT_THAT(Outcomes("consultant", request), StatusIs(StatusCode::kInvalidArgument));
  request.clear_page_token();
  ASSERT_OK_AND_ASSIGN(const auto none, Outcomes("consultant", request));
  EXPECT_THAT(none.outcomes(), IsEmpty());
}

TEST_F(ReportTest, EverybodySeesTheirOwnPortfolioOnly) {
  Open();
  ASSERT_OK_AND_ASSIGN(const auto stranger, Outcomes("stranger"));
  EXPECT_THAT(stranger.outcomes(), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto unassigned, Outcomes("other-consultant"));
  EXPECT_THAT(unassigned.outcomes(), IsEmpty());
  v1::ExportPortfolioRequest request;
  request.set_format(v1::REPORT_FORMAT_CSV);
  ASSERT_OK_AND_ASSIGN(const auto file,
                       As<Reports>("other-consultant", &Reports::Stub::ExportPortfolio, request));
  EXPECT_THAT(file.data(), testing::Not(HasSubstr(client_.legal_name())));
  EXPECT_THAT(Outcomes(""), StatusIs(StatusCode::kUnauthenticated));
}

TEST_F(ReportTest, FilesHoldALineForEachEngagement) {
  const v1::Engagement engagement = Open();
  Open();
  SetFigures(engagement, kFigures);
  v1::ExportOutcomesRequest outcomes;
  EXPECT_THAT(As<Reports>("reporter", &Reports::Stub::ExportOutcomes, outcomes),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("format")));
  outcomes.set_format(v1::REPORT_FORMAT_CSV);
  ASSERT_OK_AND_ASSIGN(const auto csv,
                       As<Reports>("reporter", &Reports::Stub::ExportOutcomes, outcomes));
  EXPECT_EQ(csv.content_type(), "text/csv; charset=utf-8");
  ASSERT_OK_AND_ASSIGN(const Table table, ReadCsv(csv.data()));
  ASSERT_EQ(table.row_count(), 2u);
  EXPECT_EQ(table.header().front(), "企業名");
  const auto cell = [&table](const char* column, size_t row) {
    const auto found = table.FindColumn({column});
    return found ? std::string(table.Cell(row, found)) : absl::StrCat("no column ", column);
  };
  EXPECT_EQ(cell("企業名", 0), client_.legal_name());
  EXPECT_EQ(cell("宣言までの日数", 0), "45");
  EXPECT_EQ(cell("研修完了率", 0), "0.75");
  EXPECT_EQ(cell("自社診断 前", 0), "38");
  EXPECT_EQ(cell("自社診断 後", 0), "71");
  EXPECT_EQ(cell("高リスクの情報資産 後", 0), "") << "not known is not zero";
  EXPECT_EQ(cell("自社診断 前", 1), "");

  v1::ExportPortfolioRequest portfolio;
  portfolio.set_format(v1::REPORT_FORMAT_XLSX);
  ASSERT_OK_AND_ASSIGN(const auto book,
                       As<Reports>("reporter", &Reports::Stub::ExportPortfolio, portfolio));
  EXPECT_THAT(book.content_type(), HasSubstr("spreadsheetml"));
  ASSERT_OK_AND_ASSIGN(const XlsxTable sheet, ReadXlsx(book.data()));
  ASSERT_EQ(sheet.table.row_count(), 2u);
  EXPECT_EQ(sheet.table.Cell(0, 0), client_.legal_name());
}

TEST_F(ReportTest, StreamsTellAllThatOneMaySeeAndTheirErrors) {
  const v1::Engagement engagement = Open();
  Open();
  // More than a page of them, though of one quote.
  world_.Query("alter table engagement.engagement drop constraint engagement_quote_key");
  const std::string columns = world_.Query(
      "select string_agg(column_name, ', ') as value from information_schema.columns where "
      "table_schema = 'engagement' and table_name = 'engagement' and is_generated = 'NEVER' and "
      "column_name <> 'engagement_id'");
  world_.Query("insert into engagement.engagement (engagement_id, " + columns +
               ") select gen_random_uuid(), " + columns +
               " from engagement.engagement, generate_series(1, 1200) where engagement_id = '" +
               engagement.name().substr(sizeof("engagements/") - 1) + "'");
  const auto stub = Reports::NewStub(world_.service().channel());
  const auto count = [&](const std::string& who, int star) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + world_.Token(who));
    v1::StreamOutcomesRequest request;
    request.set_star(star);
    const auto reader = stub->StreamOutcomes(&context, request);
    v1::StreamOutcomesResponse part;
    int outcomes = 0;
    while (reader->Read(&part)) outcomes += part.outcomes_size();
    const grpc::Status status = reader->Finish();
    return status.ok() ? outcomes : -static_cast<int>(status.error_code());
  };
  EXPECT_EQ(count("reporter", 0), 1202);
  EXPECT_EQ(count("reporter", 2), 0);
  EXPECT_EQ(count("stranger", 0), 0);
  EXPECT_EQ(count("reporter", 3), -grpc::StatusCode::INVALID_ARGUMENT);

  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + world_.Token("reporter"));
  const auto reader = stub->StreamPortfolio(&context, {});
  v1::StreamPortfolioResponse part;
  std::set<std::string> names;
  while (reader->Read(&part)) {
    for (const v1::Engagement& each : part.engagements()) names.insert(each.name());
  }
  ASSERT_TRUE(reader->Finish().ok());
  EXPECT_THAT(names, SizeIs(1202));
  EXPECT_EQ(names.count(engagement.name()), 1u);
}

// The gauges that a scrape reads against SQL over the same tables, while nothing moves.
double Gauge(const Metrics& metrics, const std::string& name, const std::string& label,
             const std::string& value) {
  for (const auto& family : metrics.Collect()) {
    if (family.name != name) continue;
    double sum = 0;
    for (const auto& metric : family.metric) {
      for (const auto& one : metric.label) {
        if (one.name == label && one.value == value) sum += metric.gauge.value;
      }
    }
    return sum;
  }
  ADD_FAILURE() << "no gauge " << name;
  return -1;
}

TEST_F(ReportTest, GaugesEqualSqlAlsoAfterARestart) {
  v1::AcceptQuoteRequest pilot;
  pilot.set_pilot(true);
  Open(pilot);
  const v1::Engagement declared = Open();
  Open();
  SetFigures(declared, kFigures);
  world_.Query("update engagement.task set due_date = '2020-01-01' where code = '" +
               TasksOf(declared.name()).begin()->second.code() + "'");
  const auto check = [this] {
    const Metrics& metrics = world_.service().host().metrics();
    const auto equal = [&](const std::string& name, const std::string& label,
                           const std::string& value, const std::string& sql) {
      EXPECT_EQ(Gauge(metrics, name, label, value),
                std::stod(world_.Query("select (select " + sql + ") as value")))
          << name << " " << value;
    };
    equal("staraction_engagements", "pilot", "true",
          "count(*) from engagement.engagement where pilot");
    equal("staraction_engagements", "state", "contracted",
          "count(*) from engagement.engagement where state = 'STATE_CONTRACTED'");
    equal("staraction_due_items_overdue", "kind", "task",
          "count(*) from engagement.task where state = 'STATE_OPEN' and due_date < "
          "(now() at time zone 'Asia/Tokyo')::date");
    equal("staraction_clients", "service", "engagement",
          "count(*) from engagement.client where delete_time is null");
    equal("staraction_engagements_by_days_left", "star", "1",
          "count(*) from engagement.engagement where not pilot");
    equal("staraction_engagements_by_readiness", "star", "1",
          "count(*) from engagement.engagement where not pilot");
    // Of 3 ways and 10 states each pair is there, though nothing was sent.
    for (const auto& family : metrics.Collect()) {
      if (family.name != "staraction_message_deliveries") continue;
      EXPECT_THAT(family.metric, SizeIs(30));
    }
    EXPECT_EQ(Gauge(metrics, "staraction_message_deliveries", "service", "engagement"), 0);
    EXPECT_EQ(Gauge(metrics, "staraction_declaration_time_seconds", "statistic", "median"),
              45 * 86400);
    EXPECT_GE(Gauge(metrics, "staraction_due_items_overdue", "kind", "task"), 1);
  };
  check();
  world_.service().Restart();
  check();
}

TEST_F(ReportTest, GaugesTellHowLongFactsHaveBeenBehindAndLeaveOutDeletedClients) {
  SetFigures(Open(), kFigures);
  world_.Query("update engagement.task set due_date = '2020-01-01'");
  world_.Query("update engagement.engagement set next_due_date = '2020-01-01'");
  world_.Query(
      "insert into engagement.fact_sheet (organization_id, client_id, service, version, "
      "announced_version, behind_since) select organization_id, client_id, service, 1, announced, "
      "now() - interval '1 hour' from engagement.client, (values ('risk', 2), ('asset', 1)) v "
      "(service, announced) on conflict on constraint fact_sheet_pkey do update set version = 1, "
      "announced_version = excluded.announced_version, behind_since = excluded.behind_since");
  const Metrics& metrics = world_.service().host().metrics();
  EXPECT_EQ(Gauge(metrics, "staraction_fact_sheets_behind", "source", "risk"), 1);
  EXPECT_EQ(Gauge(metrics, "staraction_fact_sheets_behind", "source", "asset"), 0);
  const double age = Gauge(metrics, "staraction_fact_sheets_behind_seconds", "source", "risk");
  EXPECT_GE(age, 3600);
  EXPECT_LT(age, 3900);
  EXPECT_EQ(Gauge(metrics, "staraction_fact_sheets_behind_seconds", "source", "asset"), 0);
  const std::map<std::string, std::string> counted = {
      {"staraction_engagements", "star"},
      {"staraction_engagements_by_readiness", "star"},
      {"staraction_engagements_overdue", "star"},
      {"staraction_engagements_by_days_left", "star"},
      {"staraction_declaration_time_seconds", "star"},
      {"staraction_due_items_overdue", "service"},
      {"staraction_fact_sheets_behind", "service"},
      {"staraction_fact_sheets_behind_seconds", "service"}};
  for (const auto& [name, label] : counted) {
    EXPECT_GT(Gauge(metrics, name, label, label == "star" ? "1" : "engagement"), 0) << name;
  }
  world_.Query("update engagement.client set delete_time = now()");
  for (const auto& [name, label] : counted) {
    EXPECT_EQ(Gauge(metrics, name, label, label == "star" ? "1" : "engagement"), 0) << name;
  }
}

}  // namespace
}  // namespace staraction::engagement
