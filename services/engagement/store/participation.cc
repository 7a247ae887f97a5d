#include "services/engagement/store/participation.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

constexpr char kDefaultRule[] = "standard";

std::string LinksWhere(const char* where) {
  return absl::StrCat("select ", kParticipantLinks.SelectList(),
                      " from participant_link where organization_id = $1 and ", where);
}

const pg::Statement kLinkOfMember("link_of_member", [] {
  return LinksWhere("engagement_id = $2 and member_id = $3 for update");
});
const pg::Statement kLockLinks("lock_links",
                               [] { return LinksWhere("engagement_id = $2 for update"); });
const pg::Statement kLinkById("link_by_id", [] { return LinksWhere("participant_link_id = $2"); });
const pg::Statement kGoodLinks("good_links",
                               [] { return LinksWhere("engagement_id = $2 and not revoked"); });

const pg::Statement kKioskById("kiosk_by_id", [] {
  return absl::StrCat("select ", kKiosks.SelectList(),
                      " from kiosk where organization_id = $1 and kiosk_id = $2");
});

template <typename T>
absl::StatusOr<std::optional<Found<T>>> FindById(pg::Transaction& tx,
                                                 const pg::Statement& statement,
                                                 const pg::Table<T>& table, const std::string& id) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(statement, {tx.organization(), id}));
  if (rows.empty()) return std::optional<Found<T>>();
  return std::optional<Found<T>>({table.FromRow(rows[0]), rows[0].Text("client_id")});
}

}  // namespace

absl::StatusOr<v1::Participation> ParticipationOf(pg::Transaction& tx,
                                                  const std::string& engagement) {
  const std::string name = engagement + "/participation";
  auto stored = kParticipations.Get(tx, name);
  if (stored.ok() || !absl::IsNotFound(stored.status())) return stored;
  v1::Participation participation;
  participation.set_name(name);
  participation.set_second_factor(v1::SECOND_FACTOR_NONE);
  participation.set_contact_rule(kDefaultRule);
  return participation;
}

absl::StatusOr<std::optional<v1::ParticipantLink>> LinkOfMember(pg::Transaction& tx,
                                                                const std::string& engagement,
                                                                const std::string& member) {
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kLinkOfMember, {tx.organization(), LastId(engagement), LastId(member)}));
  if (rows.empty()) return std::optional<v1::ParticipantLink>();
  return std::optional<v1::ParticipantLink>(kParticipantLinks.FromRow(rows[0]));
}

v1::ParticipantLink NewLink(const std::string& engagement, const std::string& member,
                            absl::Time now) {
  v1::ParticipantLink link;
  link.set_name(engagement + "/participantLinks/" + NewId(now));
  link.set_member(member);
  link.set_generation(1);
  return link;
}

absl::StatusOr<std::map<std::string, v1::ParticipantLink>> LockLinks(
    pg::Transaction& tx, const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kLockLinks, {tx.organization(), LastId(engagement)}));
  std::map<std::string, v1::ParticipantLink> links;
  for (const pg::Row row : rows) {
    v1::ParticipantLink link = kParticipantLinks.FromRow(row);
    const std::string member = link.member();
    links.emplace(member, std::move(link));
  }
  return links;
}

absl::StatusOr<v1::ParticipantLink> RenewLink(pg::Transaction& tx, v1::ParticipantLink link) {
  link.set_generation(link.generation() + 1);
  link.set_revoked(false);
  link.set_wrong_tries(0);
  link.clear_unlock_time();
  return kParticipantLinks.Update(tx, std::move(link));
}

absl::StatusOr<std::map<std::string, v1::ParticipantLink>> LinksByMember(
    pg::Transaction& tx, const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kGoodLinks, {tx.organization(), LastId(engagement)}));
  std::map<std::string, v1::ParticipantLink> links;
  for (const pg::Row row : rows) {
    v1::ParticipantLink link = kParticipantLinks.FromRow(row);
    std::string member = link.member();
    links.emplace(std::move(member), std::move(link));
  }
  return links;
}

absl::StatusOr<std::optional<Found<v1::ParticipantLink>>> FindLink(pg::Transaction& tx,
                                                                   const std::string& id) {
  return FindById(tx, kLinkById, kParticipantLinks, id);
}

absl::StatusOr<std::optional<Found<v1::Kiosk>>> FindKiosk(pg::Transaction& tx,
                                                          const std::string& id) {
  return FindById(tx, kKioskById, kKiosks, id);
}

bool IsEmployed(const v1::Member& member, absl::CivilDay today) {
  const auto left = FromProtoDate(member.leave_date());
  return member.status() != v1::MEMBER_STATUS_LEFT && (!left || *left >= today);
}

}  // namespace staraction::engagement
