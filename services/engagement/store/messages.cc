#include "services/engagement/store/messages.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "google/protobuf/util/time_util.h"
#include "services/engagement/domain/delivery_life.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Statement;
using pg::ToParam;

// What came back, failed or was given up is no message that somebody had.
const Statement kHistory("contact_history", R"(
  select member_id,
         count(*) filter (where channel <> 'DELIVERY_CHANNEL_TELEPHONE') as messages,
         max(coalesce(done_time, create_time)) as last
  from delivery
  where organization_id = $1 and engagement_id = $2
    and state not in ('STATE_NOT_REACHED', 'STATE_BOUNCED', 'STATE_FAILED', 'STATE_CANCELLED')
  group by member_id)");

const Statement kBlocks("contact_blocks", [] {
  return absl::StrCat("select ", kContactBlocks.SelectList(), R"( from contact_block
    where organization_id = $1 and client_id = $2 and lift_time is null)");
});

// Rows as JSON, because one statement for thousands of people is what makes it fast.
const Statement kQueue("queue_deliveries", R"(
  insert into delivery (organization_id, client_id, engagement_id, message_id, delivery_id,
                        member_id, channel, address, items, number, state, next_attempt_time,
                        create_time, update_time, version)
  select $1, $2, $3, $4, r.delivery_id, r.member_id, r.channel, r.address, r.items, r.number,
         'STATE_WAITING', case when r.channel = 'DELIVERY_CHANNEL_MAIL' then $6::timestamptz end,
         $6, $6, 1
  from jsonb_to_recordset($5::jsonb) as r (
    delivery_id uuid, member_id uuid, channel text, address text, items jsonb, number integer))");

const Statement kMakeLinks("make_missing_links", R"(
  insert into participant_link (organization_id, client_id, engagement_id, participant_link_id,
                                member_id, generation, revoked, create_time, update_time, version)
  select $1, $2, $3, r.link_id, r.member_id, 1, false, $5, $5, 1
  from jsonb_to_recordset($4::jsonb) as r (link_id uuid, member_id uuid)
  on conflict on constraint participant_link_member_key do nothing)");

const Statement kFigures("message_figures", R"(
  select message_id, state, count(*) as number from delivery
  where organization_id = $1 and engagement_id = $2 and message_id = any ($3::uuid[])
  group by message_id, state)");

const Statement kList("find_deliveries", [] {
  return absl::StrCat("select ", kDeliveries.SelectList(), R"( from delivery
    where organization_id = $1 and engagement_id = $2 and message_id = $3
      and delivery_id > coalesce(nullif($4::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
      and ($5::text = 'STATE_UNSPECIFIED' or state = $5)
    order by delivery_id limit $6)");
});

const Statement kTake("take_mail", [] {
  return absl::StrCat(R"(
    update delivery set state = 'STATE_SENDING', lease_time = $5, attempts = attempts + 1,
           next_attempt_time = null, update_time = $4, version = version + 1
    where organization_id = $1 and engagement_id = $2 and message_id = $3 and delivery_id = (
      select delivery_id from delivery
      where organization_id = $1 and engagement_id = $2 and message_id = $3
        and state = 'STATE_WAITING' and channel = 'DELIVERY_CHANNEL_MAIL'
        and next_attempt_time <= $4
      order by delivery_id for update skip locked limit 1)
    returning )",
                      kDeliveries.SelectList());
});

const Statement kGiveUp("give_up_leases", R"(
  update delivery set state = 'STATE_IN_DOUBT', done_time = $4, update_time = $4,
         version = version + 1, detail = '送信の途中で中断したため、届いたかどうか分かりません'
  where organization_id = $1 and engagement_id = $2 and message_id = $3
    and state = 'STATE_SENDING' and lease_time < $4)");

const Statement kNext("next_mail_time", R"(
  select min(case state when 'STATE_SENDING' then lease_time else next_attempt_time end) as next
  from delivery
  where organization_id = $1 and engagement_id = $2 and message_id = $3
    and channel = 'DELIVERY_CHANNEL_MAIL' and state in ('STATE_WAITING', 'STATE_SENDING'))");

const Statement kCancel("cancel_waiting", R"(
  update delivery set state = 'STATE_CANCELLED', detail = $5, next_attempt_time = null,
         done_time = $4, update_time = $4, version = version + 1
  where organization_id = $1 and engagement_id = $2 and message_id = $3
    and state = 'STATE_WAITING')");

const Statement kPrinted("mark_printed", R"(
  update delivery set state = 'STATE_PRINTED', recorder = $5, done_time = $4, update_time = $4,
         version = version + 1
  where organization_id = $1 and engagement_id = $2 and message_id = $3
    and state = 'STATE_WAITING' and channel = 'DELIVERY_CHANNEL_PRINT'
    and (cardinality($6::uuid[]) = 0 or member_id = any ($6::uuid[])))");

const Statement kBlock("block_mail", R"(
  insert into contact_block (organization_id, client_id, contact_block_id, member_id, reason,
                             address, recorder, create_time, version)
  select $1, $2, $3, $4, $5, $6, $7, $8, 1
  where not exists (
    select from contact_block where organization_id = $1 and client_id = $2 and member_id = $4
      and reason = $5 and address = $6 and lift_time is null))");

constexpr size_t kRowsPerStatement = 5000;

// The column's form as Table<Delivery> reads it; by hand, because protobuf's printer takes longer
// for each row than the database.
nlohmann::json ItemsJson(const v1::PlannedContact& contact) {
  nlohmann::json items = nlohmann::json::array();
  for (const v1::OpenItem& item : contact.items()) {
    nlohmann::json json = {{"fact", item.fact()}, {"value", item.value()}, {"label", item.label()}};
    if (item.has_open_time()) {
      json["open_time"] = google::protobuf::util::TimeUtil::ToString(item.open_time());
    }
    items.push_back(std::move(json));
  }
  return items;
}

pg::Params MessageKey(pg::Transaction& tx, const std::string& message) {
  return {tx.organization(), LastId(EngagementOf(message)), LastId(message), ToParam(tx.now())};
}

absl::Status QueueSome(pg::Transaction& tx, const std::string& message, const nlohmann::json& rows,
                       const nlohmann::json& links) {
  const std::string engagement = LastId(EngagementOf(message));
  SA_RETURN_IF_ERROR(tx.Exec(kMakeLinks, {tx.organization(), tx.call().client(), engagement,
                                          links.dump(), ToParam(tx.now())})
                         .status());
  return tx
      .Exec(kQueue, {tx.organization(), tx.call().client(), engagement, LastId(message),
                     rows.dump(), ToParam(tx.now())})
      .status();
}

void AddFigure(const pg::Row& row, v1::Message::Figures& figures) {
  using Figures = v1::Message::Figures;
  static const auto& setters =
      *new std::map<std::string,
                    std::pair<int32_t (Figures::*)() const, void (Figures::*)(int32_t)>>{
          {"STATE_WAITING", {&Figures::waiting, &Figures::set_waiting}},
          {"STATE_SENDING", {&Figures::waiting, &Figures::set_waiting}},
          {"STATE_SENT", {&Figures::sent, &Figures::set_sent}},
          {"STATE_PRINTED", {&Figures::printed, &Figures::set_printed}},
          {"STATE_REACHED", {&Figures::reached, &Figures::set_reached}},
          {"STATE_NOT_REACHED", {&Figures::not_reached, &Figures::set_not_reached}},
          {"STATE_BOUNCED", {&Figures::bounced, &Figures::set_bounced}},
          {"STATE_FAILED", {&Figures::failed, &Figures::set_failed}},
          {"STATE_IN_DOUBT", {&Figures::in_doubt, &Figures::set_in_doubt}},
          {"STATE_CANCELLED", {&Figures::cancelled, &Figures::set_cancelled}}};
  const auto& [get, set] = setters.at(row.Text("state"));
  (figures.*set)((figures.*get)() + static_cast<int32_t>(row.Int("number")));
}

}  // namespace

absl::StatusOr<std::map<std::string, domain::ContactHistory>> LoadHistory(
    pg::Transaction& tx, const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kHistory, {tx.organization(), LastId(engagement)}));
  std::map<std::string, domain::ContactHistory> history;
  for (const pg::Row row : rows) {
    history[tx.call().client_name() + "/members/" + row.Text("member_id")] = {
        static_cast<int>(row.Int("messages")), row.Time("last")};
  }
  return history;
}

absl::StatusOr<std::map<std::string, std::vector<v1::ContactBlock>>> LoadBlocks(
    pg::Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kBlocks, {tx.organization(), tx.call().client()}));
  std::map<std::string, std::vector<v1::ContactBlock>> blocks;
  for (const pg::Row row : rows) {
    v1::ContactBlock block = kContactBlocks.FromRow(row);
    blocks[block.member()].push_back(std::move(block));
  }
  return blocks;
}

absl::Status QueueDeliveries(pg::Transaction& tx, const std::string& message,
                             const std::vector<v1::PlannedContact>& contacts) {
  nlohmann::json rows = nlohmann::json::array();
  nlohmann::json links = nlohmann::json::array();
  for (const v1::PlannedContact& contact : contacts) {
    const std::string member = LastId(contact.member());
    rows.push_back({{"delivery_id", NewId(tx.now())},
                    {"member_id", member},
                    {"channel", v1::DeliveryChannel_Name(contact.channel())},
                    {"address", contact.address()},
                    {"items", ItemsJson(contact)},
                    {"number", contact.messages() + 1}});
    links.push_back({{"link_id", NewId(tx.now())}, {"member_id", member}});
    if (rows.size() < kRowsPerStatement) continue;
    SA_RETURN_IF_ERROR(QueueSome(tx, message, rows, links));
    rows.clear();
    links.clear();
  }
  return rows.empty() ? absl::OkStatus() : QueueSome(tx, message, rows, links);
}

absl::Status AddFigures(pg::Transaction& tx, std::vector<v1::Message*> messages) {
  if (messages.empty()) return absl::OkStatus();
  std::map<std::string, v1::Message*> by_id;
  std::vector<std::string> ids;
  for (v1::Message* message : messages) {
    ids.push_back(LastId(message->name()));
    by_id[ids.back()] = message;
  }
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kFigures, {tx.organization(), LastId(EngagementOf(messages.front()->name())),
                         pg::ToArrayParam(ids)}));
  for (const pg::Row row : rows) {
    AddFigure(row, *by_id.at(row.Text("message_id"))->mutable_figures());
  }
  for (v1::Message* message : messages) {
    for (const std::string& verb : domain::ActionsOf(*message)) message->add_allowed_actions(verb);
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::ListDeliveriesResponse> FindDeliveries(
    pg::Transaction& tx, const v1::ListDeliveriesRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_RETURN_IF_ERROR(kMessages.Get(tx, request.parent()).status());
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kList,
              {tx.organization(), LastId(EngagementOf(request.parent())), LastId(request.parent()),
               after, v1::Delivery::State_Name(request.state()), ToParam(int64_t{page.size} + 1)}));
  return pg::ToResponse(kDeliveries.ToPage(rows, page, request),
                        &v1::ListDeliveriesResponse::mutable_deliveries);
}

absl::StatusOr<std::optional<v1::Delivery>> TakeMail(pg::Transaction& tx,
                                                     const std::string& message, absl::Time lease) {
  pg::Params params = MessageKey(tx, message);
  params.push_back(ToParam(lease));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kTake, params));
  if (rows.empty()) return std::optional<v1::Delivery>();
  return std::optional<v1::Delivery>(kDeliveries.FromRow(rows[0]));
}

absl::Status GiveUpLeases(pg::Transaction& tx, const std::string& message) {
  return tx.Exec(kGiveUp, MessageKey(tx, message)).status();
}

absl::StatusOr<absl::Time> NextMailTime(pg::Transaction& tx, const std::string& message) {
  pg::Params params = MessageKey(tx, message);
  params.pop_back();
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kNext, params));
  return rows[0].IsNull("next") ? absl::InfiniteFuture() : rows[0].Time("next");
}

absl::Status CancelWaiting(pg::Transaction& tx, const std::string& message,
                           const std::string& detail) {
  pg::Params params = MessageKey(tx, message);
  params.push_back(detail);
  return tx.Exec(kCancel, params).status();
}

absl::StatusOr<int> MarkWaitingPrinted(pg::Transaction& tx, const v1::MarkPrintedRequest& request) {
  std::vector<std::string> members;
  for (const std::string& member : request.members()) members.push_back(LastId(member));
  pg::Params params = MessageKey(tx, request.parent());
  params.push_back(tx.call().Actor());
  params.push_back(pg::ToArrayParam(members));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kPrinted, params));
  return rows.affected();
}

absl::Status BlockMail(pg::Transaction& tx, const std::string& member,
                       v1::ContactBlock::Reason reason, const std::string& address,
                       const std::string& recorder) {
  return tx
      .Exec(kBlock, {tx.organization(), tx.call().client(), NewId(tx.now()), LastId(member),
                     v1::ContactBlock::Reason_Name(reason), address, recorder, ToParam(tx.now())})
      .status();
}

}  // namespace staraction::engagement
