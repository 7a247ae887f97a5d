#include "services/declaration/store/pledges.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"

namespace staraction::declaration {
namespace {

using pg::Row;
using pg::Rows;
using pg::Statement;
using pg::TableSpec;
using pg::Transaction;

// Whoever pledged is counted, whether exempt or not, so that the ratio never passes 1.
constexpr char kCounts[] = R"(
  count(*) filter (where p.exemption is null or p.state = 'STATE_PLEDGED') as counted,
  count(*) filter (where p.state = 'STATE_PLEDGED') as pledged,
  count(*) filter (where p.exemption is not null and p.state <> 'STATE_PLEDGED') as exempt,
  bool_or(p.president and p.state = 'STATE_PLEDGED') as president_pledged,
  bool_or(p.president and p.state <> 'STATE_PLEDGED' and p.exemption is null)
    as president_pending)";

const Statement kCoverage("pledge_coverage",
                          absl::StrCat("select p.campaign_id as id,", kCounts, R"(
  from pledge p where p.organization_id = $1 and p.engagement_id = $2
    and ($3::uuid is null or p.campaign_id = $3)
  group by p.campaign_id)"));

const Statement kLatestCoverage("pledge_latest_coverage", absl::StrCat(R"(
  with latest as (
    select distinct on (engagement_id) engagement_id, campaign_id from campaign
    where organization_id = $1 and client_id = $2 and ($3::uuid is null or engagement_id = $3)
      and state <> 'STATE_DRAFT' and subject = $4 and outdated_time is null
    order by engagement_id, open_time desc, campaign_id desc)
  select p.engagement_id as id,)",
                                                                       kCounts, R"(
  from latest join pledge p using (engagement_id, campaign_id)
  where p.organization_id = $1
  group by p.engagement_id)"));

const Statement kKept("campaign_kept", [] {
  return absl::StrCat("select ", kCampaigns.SelectList(), R"( from campaign
    where organization_id = $1 and client_id = $2
      and ((state = 'STATE_OPEN' and enrolment = 'ENROLMENT_ROLLING')
        or (state <> 'STATE_DRAFT' and subject = 'SUBJECT_POLICY' and outdated_time is null))
    order by campaign_id limit 1000)");
});

const Statement kOwn("pledge_own", [] {
  return absl::StrCat("select ", kPledges.SelectList(), R"( from pledge
    where organization_id = $1 and engagement_id = $2 and member_id = any ($3::uuid[])
    order by campaign_id, pledge_id limit 1000)");
});

std::map<std::string, v1::Coverage> ToCoverages(const Rows& rows) {
  std::map<std::string, v1::Coverage> coverages;
  for (const Row row : rows) {
    v1::Coverage& coverage = coverages[row.Text("id")];
    const int counted = static_cast<int>(row.Int("counted"));
    const int pledged = static_cast<int>(row.Int("pledged"));
    coverage.set_counted(counted);
    coverage.set_pledged(pledged);
    coverage.set_exempt(static_cast<int>(row.Int("exempt")));
    coverage.set_ratio(counted == 0 ? 0 : static_cast<double>(pledged) / counted);
    coverage.set_president_pledged(row.Bool("president_pledged"));
    coverage.set_president_pending(row.Bool("president_pending"));
  }
  return coverages;
}

}  // namespace

const pg::Table<v1::Campaign> kCampaigns(TableSpec{
    .table = "campaign", .computed = {"coverage", "awaits_president", "allowed_actions"}});
const pg::Table<v1::Pledge> kPledges(TableSpec{.table = "pledge",
                                               .computed = {"events", "allowed_actions"}});
const EventLog<v1::PledgeEvent> kPledgeEvents(
    "pledge_event", "engagements/{engagement}/campaigns/{campaign}/pledges/{pledge}");

absl::StatusOr<std::map<std::string, v1::Coverage>> ReadCoverage(Transaction& tx,
                                                                 const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kCoverage, {tx.organization(), engagement, pg::Param()}));
  return ToCoverages(rows);
}

absl::StatusOr<v1::Coverage> ReadCampaignCoverage(Transaction& tx, const std::string& campaign) {
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(kCoverage, {tx.organization(), LastId(EngagementOf(campaign)), LastId(campaign)}));
  auto coverages = ToCoverages(rows);
  return std::move(coverages[LastId(campaign)]);
}

absl::StatusOr<std::map<std::string, v1::Coverage>> ReadLatestCoverage(
    Transaction& tx, const std::string& engagement, v1::Campaign::Subject subject) {
  const pg::Param only = engagement.empty() ? pg::Param() : pg::Param(engagement);
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kLatestCoverage, {tx.organization(), tx.call().client(), only,
                                                v1::Campaign::Subject_Name(subject)}));
  return ToCoverages(rows);
}

absl::StatusOr<std::vector<v1::Campaign>> ReadKeptCampaigns(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kKept, {tx.organization(), tx.call().client()}));
  std::vector<v1::Campaign> campaigns;
  for (const Row row : rows) campaigns.push_back(kCampaigns.FromRow(row));
  return campaigns;
}

absl::StatusOr<std::vector<v1::Pledge>> ReadOwnPledges(Transaction& tx,
                                                       const std::string& engagement,
                                                       const std::vector<std::string>& members) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kOwn, {tx.organization(), engagement, pg::ToArrayParam(members)}));
  std::vector<v1::Pledge> pledges;
  for (const Row row : rows) pledges.push_back(kPledges.FromRow(row));
  return pledges;
}

}  // namespace staraction::declaration
