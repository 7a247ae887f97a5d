#include "services/diagnosis/peers.h"

#include "common/base/macros.h"
#include "services/diagnosis/store/history.h"

namespace staraction::diagnosis {
namespace {

constexpr char kJob[] = "count_peers";
constexpr absl::Duration kLimit = absl::Seconds(20);

}  // namespace

absl::Status AskForCount(pg::Transaction& tx, const content::v1::Questionnaire& questionnaire,
                         const ClientProfile& profile) {
  // What isn't known now may have been known last time.
  if (!profile.industry.empty() || profile.people > 0) {
    SA_RETURN_IF_ERROR(StoreProfile(tx, profile));
  }
  if (!questionnaire.has_peers()) return absl::OkStatus();
  return EnqueueJob(tx, kJob, questionnaire.id(), absl::ZeroDuration());
}

void AddPeerJob(Host& host, const content::Library& library) {
  host.jobs().Add(kJob, [&host, &library](const Job& job) -> absl::Status {
    const auto* questionnaire = library.FindQuestionnaire(job.key);
    if (questionnaire == nullptr || !questionnaire->has_peers()) return absl::OkStatus();
    SA_ASSIGN_OR_RETURN(const Call call, host.ServiceCall(job.organization, job.client, kLimit));
    return host.jobs_pool().Run(
        call, [&](pg::Transaction& tx) { return CountGroups(tx, *questionnaire); });
  });
}

}  // namespace staraction::diagnosis
