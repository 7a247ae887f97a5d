#include <map>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/pg/field_value.h"
#include "services/declaration/store/pledges.h"

// Reads over many pledges at once.
namespace staraction::declaration {
namespace {

using pg::Row;
using pg::Rows;
using pg::Statement;
using pg::Transaction;

const Statement kAll("pledge_all", [] {
  return absl::StrCat("select ", kPledges.SelectList(), R"( from pledge
    where organization_id = $1 and engagement_id = $2 and campaign_id = $3
    order by joiner, pledge_id)");
});

const Statement kActs("pledge_acts", R"(
  select pledge_id, kind, record_time, effective_date from pledge_event
  where organization_id = $1 and engagement_id = $2 and campaign_id = $3 order by sequence)");

const Statement kDue("pledge_due", R"(
  with open as (
    select c.engagement_id, c.campaign_id, c.open_time,
      c.signing_order = 'SIGNING_ORDER_PRESIDENT_FIRST' and c.order_waiver is null
        and bool_or(p.president and p.state <> 'STATE_PLEDGED' and p.exemption is null)
        and not bool_or(p.president and p.state = 'STATE_PLEDGED') as awaits
    from campaign c join pledge p using (organization_id, engagement_id, campaign_id)
    where c.organization_id = $1 and c.client_id = $2 and c.state = 'STATE_OPEN'
      and c.outdated_time is null
      and ($3::uuid is null or c.engagement_id = $3)
    group by c.organization_id, c.engagement_id, c.campaign_id)
  select p.engagement_id, p.campaign_id, p.member_id,
    greatest(open.open_time, p.create_time) as since
  from open join pledge p using (engagement_id, campaign_id)
  where p.organization_id = $1 and p.state <> 'STATE_PLEDGED' and p.exemption is null
    and (p.president or not open.awaits)
  order by p.campaign_id, p.pledge_id limit 9000)");

pg::Params OfCampaign(const Transaction& tx, const std::string& campaign) {
  return {tx.organization(), LastId(EngagementOf(campaign)), LastId(campaign)};
}

v1::PledgeEvent ToAct(const Row& row) {
  v1::PledgeEvent event;
  for (const char* column : {"kind", "record_time", "effective_date"}) {
    pg::FieldFromColumn(row, column, event.GetDescriptor()->FindFieldByName(column), event);
  }
  return event;
}

}  // namespace

absl::StatusOr<std::vector<v1::Pledge>> ReadPledges(Transaction& tx, const std::string& campaign) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kAll, OfCampaign(tx, campaign)));
  std::vector<v1::Pledge> pledges;
  for (const Row row : rows) pledges.push_back(kPledges.FromRow(row));
  return pledges;
}

absl::StatusOr<std::vector<domain::PledgeHistory>> ReadHistories(Transaction& tx,
                                                                 const std::string& campaign) {
  SA_ASSIGN_OR_RETURN(auto pledges, ReadPledges(tx, campaign));
  SA_ASSIGN_OR_RETURN(const Rows acts, tx.Exec(kActs, OfCampaign(tx, campaign)));
  std::vector<domain::PledgeHistory> histories;
  std::map<std::string, size_t> places;
  for (v1::Pledge& pledge : pledges) {
    places[LastId(pledge.name())] = histories.size();
    histories.push_back({std::move(pledge)});
  }
  for (const Row row : acts) {
    const auto place = places.find(row.Text("pledge_id"));
    if (place != places.end()) histories[place->second].events.push_back(ToAct(row));
  }
  return histories;
}

absl::StatusOr<std::vector<DuePledge>> ReadDuePledges(Transaction& tx,
                                                      const std::string& engagement) {
  const pg::Param only = engagement.empty() ? pg::Param() : pg::Param(engagement);
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kDue, {tx.organization(), tx.call().client(), only}));
  std::vector<DuePledge> due;
  for (const Row row : rows) {
    const std::string name = "engagements/" + row.Text("engagement_id");
    due.push_back({name, absl::StrCat(name, "/campaigns/", row.Text("campaign_id")),
                   absl::StrCat(tx.call().client_name(), "/members/", row.Text("member_id")),
                   row.Time("since")});
  }
  return due;
}

}  // namespace staraction::declaration
