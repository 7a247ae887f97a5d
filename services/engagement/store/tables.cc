#include "services/engagement/store/tables.h"

#include "common/base/text.h"
#include "common/resource/name.h"

namespace staraction::engagement {
namespace {

using pg::TableSpec;

pg::Param SearchText(const google::protobuf::Message& message) {
  return MemberSearchText(static_cast<const v1::Member&>(message));
}

pg::Param ClientSearchText(const google::protobuf::Message& message) {
  const auto& client = static_cast<const v1::Client&>(message);
  return FoldForSearch(client.legal_name()) + "\n" + FoldForSearch(client.trade_name()) + "\n" +
         FoldForSearch(client.legal_name_kana());
}

// The partner as the issued quote names it.
pg::Param QuoteSearchText(const google::protobuf::Message& message) {
  const auto& recipient = static_cast<const v1::Quote&>(message).recipient();
  return FoldForSearch(recipient.name()) + "\n" + FoldForSearch(recipient.trade_name());
}

}  // namespace

std::string MemberSearchText(const v1::Member& member) {
  return FoldForSearch(member.display_name()) + "\n" + FoldForSearch(member.kana()) + "\n" +
         FoldForSearch(member.staff_number());
}

const pg::Table<v1::Organization> kOrganizations(TableSpec{
    .table = "organization", .computed = {"uid"}, .client_fenced = false});
const pg::Table<v1::User> kUsers(TableSpec{
    .table = "user_account", .computed = {"allowed_actions"}, .client_fenced = false});
const pg::Table<v1::Access> kAccesses(TableSpec{.table = "client_access"});
const pg::Table<v1::Client> kClients(TableSpec{.table = "client",
                                               .derived = {{"search_text", ClientSearchText}}});
const pg::Table<v1::Member> kMembers(TableSpec{.table = "member",
                                               .derived = {{"search_text", SearchText}}});
const pg::Table<v1::Site> kSites(TableSpec{.table = "site"});
const pg::Table<v1::RoleAssignment> kRoleAssignments(TableSpec{
    .table = "role_assignment", .computed = {"role_label", "member_display_name"}});
const pg::Table<v1::DenominatorRule> kDenominatorRules(TableSpec{.table = "denominator_rule",
                                                                 .computed = {"from_offering"}});
const pg::Table<v1::Exemption> kExemptions(TableSpec{.table = "exemption"});
const pg::Table<v1::Quote> kQuotes(TableSpec{.table = "quote",
                                             .computed = {"allowed_actions"},
                                             .derived = {{"search_text", QuoteSearchText}}});
const pg::Table<v1::LifeEvent> kLifeEvents(TableSpec{.table = "life_event",
                                                     .computed = {"allowed_actions"}});
const pg::Table<v1::Activity> kActivities(TableSpec{
    .table = "activity",
    .computed = {"role_label", "overdue", "evidence_count", "acts", "allowed_actions"}});
const pg::Table<v1::OperationForm> kOperationForms(TableSpec{
    .table = "operation_form", .computed = {"evidence_count", "acts", "allowed_actions"}});
const pg::Table<v1::Evidence> kEvidences(TableSpec{.table = "evidence"});
const pg::Table<v1::InternalCheck> kInternalChecks(TableSpec{
    .table = "internal_check", .computed = {"open_findings", "acts", "allowed_actions"}});
const pg::Table<v1::Finding> kFindings(TableSpec{
    .table = "finding", .computed = {"overdue", "acts", "allowed_actions"}});
const pg::Table<v1::RuleException> kRuleExceptions(TableSpec{
    .table = "rule_exception", .computed = {"expired", "acts", "allowed_actions"}});
const pg::Table<v1::Erasure> kErasures(TableSpec{.table = "erasure"});
const pg::Table<v1::Engagement> kEngagements(TableSpec{
    .table = "engagement",
    .computed = {"allowed_actions", "client_display_name", "readiness", "transitions",
                 "client_kind", "overdue", "renewal"}});
const pg::Table<v1::Task> kTasks(TableSpec{.table = "task",
                                           .computed = {"overdue", "allowed_actions"}});
const pg::Table<v1::Visit> kVisits(TableSpec{
    .table = "visit",
    .computed = {"confirmations", "allowed_actions", "number", "organization_display_name",
                 "client_display_name", "offering_display_name"}});
const pg::Table<v1::EffortEntry> kEffortEntries(TableSpec{.table = "effort_entry"});
const pg::Table<v1::Lesson> kLessons(TableSpec{.table = "lesson"});
const pg::Table<v1::ParticipantLink> kParticipantLinks(TableSpec{.table = "participant_link",
                                                                 .computed = {"url", "secret"}});
const pg::Table<v1::Participation> kParticipations(TableSpec{.table = "participation"});
const pg::Table<v1::Message> kMessages(TableSpec{
    .table = "message", .computed = {"figures", "allowed_actions", "preview", "silent_services"}});
const pg::Table<v1::Delivery> kDeliveries(TableSpec{.table = "delivery"});
const pg::Table<v1::ContactBlock> kContactBlocks(TableSpec{.table = "contact_block"});
const pg::Table<v1::Kiosk> kKiosks(TableSpec{.table = "kiosk", .computed = {"url", "secret"}});

}  // namespace staraction::engagement
