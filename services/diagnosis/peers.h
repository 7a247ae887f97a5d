#ifndef STARACTION_SERVICES_DIAGNOSIS_PEERS_H_
#define STARACTION_SERVICES_DIAGNOSIS_PEERS_H_

#include "absl/status/status.h"
#include "common/content/library.h"
#include "common/pg/transaction.h"
#include "common/service/host.h"
#include "services/diagnosis/roster.h"

// Totals of a consultancy's clients, counted by a job whose database role sees all of them; calls
// only see groups that are large enough, never a company.
namespace staraction::diagnosis {

// Remembers what the call's client is compared by, and asks for the questionnaire's groups to be
// counted anew once the transaction has committed.
absl::Status AskForCount(pg::Transaction& tx, const content::v1::Questionnaire& questionnaire,
                         const ClientProfile& profile);

// Registers the job that counts. The library outlives the host's jobs.
void AddPeerJob(Host& host, const content::Library& library);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_PEERS_H_
