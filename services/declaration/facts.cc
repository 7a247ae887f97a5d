#include "services/declaration/facts.h"

#include <map>
#include <optional>

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/name.h"
#include "services/declaration/domain/day.h"
#include "services/declaration/domain/declaration.h"
#include "services/declaration/domain/fields.h"
#include "services/declaration/domain/gbiz_id.h"
#include "services/declaration/store/declarations.h"
#include "services/declaration/store/inquiries.h"
#include "services/declaration/store/page_checks.h"
#include "services/declaration/store/pledges.h"

namespace staraction::declaration {
namespace {

using fact::v1::Fact;
using pg::Transaction;

absl::CivilDay BeginOf(const v1::Declaration& declaration, const content::Library& library) {
  const auto* procedure = domain::ProcedureOf(declaration, library);
  return procedure == nullptr ? absl::CivilDay(1, 1, 1) : domain::DayOf(procedure->valid_from());
}

// The declaration that counts for each engagement: by the newest procedure, since one of an older
// procedure is entered for the record only.
std::map<std::string, v1::Declaration> Current(std::vector<v1::Declaration> declarations,
                                               const content::Library& library) {
  std::map<std::string, v1::Declaration> current;
  for (v1::Declaration& declaration : declarations) {
    const auto held = current.find(declaration.engagement());
    if (held == current.end() || BeginOf(declaration, library) >= BeginOf(held->second, library)) {
      current[declaration.engagement()] = std::move(declaration);
    }
  }
  return current;
}

void AddDeclaration(const v1::Declaration& declaration, std::vector<Fact>& facts) {
  const std::string& engagement = declaration.engagement();
  facts.push_back(
      TruthFact("declaration.rules_acknowledged", engagement, declaration.has_acknowledgement()));
  facts.push_back(CountFact("declaration.fields_missing", engagement,
                            static_cast<int64_t>(domain::MissingFields(declaration).size())));
  // What the next star took the place of was issued all the same.
  const auto state = declaration.state() == v1::Declaration::STATE_SUPERSEDED
                         ? v1::Declaration::STATE_ISSUED
                         : declaration.state();
  facts.push_back(TextFact("declaration.state", engagement,
                           v1::Declaration::State_Name(state).substr(sizeof("STATE_") - 1)));
}

// Of the campaign that counts in each engagement; `prefix` is that of the codes.
absl::Status AddPledges(Transaction& tx, const std::string& engagement,
                        v1::Campaign::Subject subject, const std::string& prefix,
                        std::vector<Fact>& facts) {
  SA_ASSIGN_OR_RETURN(const auto coverages, ReadLatestCoverage(tx, engagement, subject));
  for (const auto& [engagement_id, coverage] : coverages) {
    const std::string name = "engagements/" + engagement_id;
    facts.push_back(TruthFact(prefix + "president", name, coverage.president_pledged()));
    facts.push_back(RatioFact(prefix + "coverage", name, coverage.ratio()));
  }
  return absl::OkStatus();
}

// One for each person and campaign: who is to be reminded.
absl::Status AddDuePledges(Transaction& tx, const std::string& engagement,
                           std::vector<Fact>& facts) {
  SA_ASSIGN_OR_RETURN(const auto pledges, ReadDuePledges(tx, engagement));
  for (const DuePledge& due : pledges) {
    Fact fact = TextFact("pledge.due", due.engagement, due.campaign);
    fact.set_subject(due.member);
    *fact.mutable_effective_time() = ToTimestamp(due.since);
    facts.push_back(std::move(fact));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Fact>> CollectDeclarationFacts(Transaction& tx,
                                                          const std::string& engagement,
                                                          const content::Library& library) {
  const std::string id = LastId(engagement);
  std::vector<Fact> facts;
  SA_RETURN_IF_ERROR(AddPledges(tx, id, v1::Campaign::SUBJECT_RULES, "pledge.", facts));
  SA_RETURN_IF_ERROR(AddPledges(tx, id, v1::Campaign::SUBJECT_POLICY, "pledge.policy_", facts));
  SA_RETURN_IF_ERROR(AddDuePledges(tx, id, facts));
  SA_ASSIGN_OR_RETURN(const auto inquiries, CountOpenInquiries(tx, TokyoDay(tx.now())));
  facts.push_back(CountFact("inquiry.open", "", inquiries.open));
  facts.push_back(CountFact("inquiry.overdue", "", inquiries.overdue));
  SA_ASSIGN_OR_RETURN(const auto policies, ReadPolicyPublications(tx));
  facts.push_back(TruthFact("policy.published", "", policies.published));
  facts.push_back(TruthFact("policy.drifted", "", policies.drifted));
  SA_ASSIGN_OR_RETURN(auto declarations, ReadCurrentDeclarations(tx, id));
  SA_ASSIGN_OR_RETURN(const auto gbiz_id, ReadGbizId(tx));
  SA_ASSIGN_OR_RETURN(const auto announced, ReadAnnounced(tx));
  for (const auto& [name, declaration] : Current(std::move(declarations), library)) {
    AddDeclaration(declaration, facts);
    facts.push_back(TruthFact("announcement.published", name, announced.count(LastId(name)) > 0));
    const auto* procedure = domain::ProcedureOf(declaration, library);
    if (!gbiz_id || procedure == nullptr) continue;
    facts.push_back(
        TruthFact("declaration.gbizid_ready", name,
                  domain::IsUsable(gbiz_id->gbiz_id(), *procedure, TokyoDay(tx.now()))));
  }
  return facts;
}

}  // namespace staraction::declaration
