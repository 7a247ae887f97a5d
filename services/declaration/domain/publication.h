#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_PUBLICATION_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_PUBLICATION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "services/declaration/domain/act.h"
#include "staraction/declaration/v1/declaration.pb.h"
#include "staraction/declaration/v1/publication.pb.h"
#include "staraction/declaration/v1/publication_service.pb.h"
#include "staraction/document/v1/approved_service.pb.h"
#include "staraction/engagement/v1/client.pb.h"

// Rules of publications and of their words. Pure: no I/O, no clock; safe for any number of threads.
// Violations are INVALID_FIELDS.
namespace staraction::declaration::domain {

// What a new publication is about: the declaration that it names, and for a policy the revision
// that the company has approved.
struct PublishedThing {
  std::optional<v1::Declaration> declaration{};
  std::optional<document::v1::Approved> policy{};
};
// The publication as it is stored (without name and picture).
absl::StatusOr<v1::Publication> NewPublication(const v1::CreatePublicationRequest& request,
                                               const PublishedThing& thing,
                                               const content::Library& library, const Act& act);
absl::Status CheckAction(const v1::Publication& publication, const std::string& verb);
absl::Status Check(const v1::CheckPublicationRequest& request, const Act& act,
                   v1::Publication& publication);
absl::Status Withdraw(const v1::WithdrawPublicationRequest& request, const Act& act,
                      v1::Publication& publication);
// Sets what is computed for replies.
void Complete(const content::Library& library, v1::Publication& publication);

// Every check of the content on a text, in the order of the text, at most 100.
std::vector<v1::WordingFinding> CheckWording(const std::string& text,
                                             const content::Library& library);

// Texts for the announcement of a declaration.
std::vector<v1::AnnouncementDraft> DraftAnnouncements(const v1::Declaration& declaration,
                                                      const engagement::v1::Client& client,
                                                      const content::Library& library);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_PUBLICATION_H_
