#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_DECLARATION_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_DECLARATION_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/content/library.h"
#include "common/status/errors.h"
#include "services/declaration/domain/act.h"
#include "staraction/declaration/v1/declaration.pb.h"
#include "staraction/declaration/v1/declaration_service.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"

// Rules of a declaration's life. Pure: no I/O, no clock; safe for any number of threads. Functions
// that change a declaration return the event to be kept.
namespace staraction::declaration::domain {

// The star that rests on diagnosis, policy and publication.
inline constexpr int kTwoStars = 2;

// Verbs that a state allows, as in routes (":prepare").
std::vector<std::string> ActionsOf(v1::Declaration::State state);
absl::Status CheckAction(const v1::Declaration& declaration, const std::string& verb);

// A draft for this client and engagement, prefilled. `wanted` may name procedure and list of
// rules; unknown ones are violations. `basis`: what two stars rest on today.
absl::StatusOr<v1::Declaration> NewDeclaration(const v1::Declaration& wanted,
                                               const engagement::v1::Engagement& engagement,
                                               const engagement::v1::Client& client,
                                               const v1::DeclarationBasis& basis,
                                               const content::Library& library, const Act& act);

// The declaration that one of this star replaces: the one that `wanted` names, else the newest
// issued one with fewer stars; "" if there is none. `others`: those of the client, oldest first.
// INVALID_FIELDS unless the named one is issued and has fewer stars.
absl::StatusOr<std::string> ChooseUpgrade(const std::string& wanted, int star,
                                          const std::vector<v1::Declaration>& others);
// That `later` takes the place of this issued one.
v1::DeclarationEvent Supersede(const v1::Declaration& later, const Act& act,
                               v1::Declaration& declaration);

// `president`: the caller is the president, with an own account.
absl::StatusOr<v1::DeclarationEvent> Acknowledge(const v1::AcknowledgeRulesRequest& request,
                                                 bool president, const content::Library& library,
                                                 const Act& act, v1::Declaration& declaration);

// Gate: all official criteria met (unknown is not met), no required field missing. Two stars keep
// their basis.
absl::StatusOr<v1::DeclarationEvent> Prepare(const engagement::v1::Readiness& readiness,
                                             const v1::DeclarationBasis& basis, const Act& act,
                                             v1::Declaration& declaration);

absl::StatusOr<v1::DeclarationEvent> RecordSubmission(const v1::RecordSubmissionRequest& request,
                                                      const content::Library& library,
                                                      const Act& act, v1::Declaration& declaration);

absl::StatusOr<v1::DeclarationEvent> RecordIssue(const v1::RecordIssueRequest& request,
                                                 const content::Library& library, const Act& act,
                                                 v1::Declaration& declaration);

absl::StatusOr<v1::DeclarationEvent> RecordStop(const v1::RecordStopRequest& request,
                                                const Act& act, v1::Declaration& declaration);

// After the declaration: logo files, changes in the portal. Before it: the planned day.
absl::StatusOr<v1::DeclarationEvent> Plan(const v1::PlanDeclarationRequest& request, const Act& act,
                                          v1::Declaration& declaration);
absl::StatusOr<v1::DeclarationEvent> RecordLogo(const v1::RecordLogoRequest& request,
                                                const Act& act, v1::Declaration& declaration);
absl::StatusOr<v1::DeclarationEvent> RecordChange(const v1::RecordChangeRequest& request,
                                                  const content::Library& library, const Act& act,
                                                  v1::Declaration& declaration);

// An event of this verb with a short text on what was recorded.
v1::DeclarationEvent NewDeclarationEvent(const std::string& verb, const std::string& detail,
                                         const Act& act);

// The procedure as it was when the declaration was begun, or its newest version if that one is not
// loaded any more; null if there is none.
const content::v1::DeclarationProcedure* ProcedureOf(const v1::Declaration& declaration,
                                                     const content::Library& library);

// A field names something that the content does not have.
Violation UnknownContent(const std::string& field, const std::string& id);

v1::Guide GuideOf(const v1::Declaration& declaration, const content::Library& library);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_DECLARATION_H_
