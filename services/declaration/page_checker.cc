#include "services/declaration/page_checker.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "services/declaration/domain/page_check.h"
#include "services/declaration/store/inquiries.h"
#include "services/declaration/store/page_checks.h"
#include "staraction/declaration/v1/page_check_service.pb.h"

namespace staraction::declaration {
namespace {

using pg::Transaction;

constexpr char kJob[] = "check_page";
constexpr absl::Duration kPageTime = absl::Seconds(10);
constexpr absl::Duration kJobTime = absl::Seconds(40);

// Whole intervals after the job's own time, so that a job that runs twice asks for one next.
absl::Time NextDue(const Job& job, absl::Time now, absl::Duration interval) {
  int64_t seconds = 0;
  const bool known = absl::SimpleAtoi(job.key.substr(job.key.find('@') + 1), &seconds);
  absl::Time due = known ? absl::FromUnixSeconds(seconds) : now;
  while (due <= now) due += interval;
  return due;
}

}  // namespace

PageChecker::PageChecker(Host& host, DocumentReader& documents, const page::PageReader& pages,
                         absl::Duration interval)
    : host_(host), documents_(documents), pages_(pages), interval_(interval) {
  host_.slow_jobs().Add(kJob, [this](const Job& job) { return Run(job); });
}

absl::StatusOr<v1::PageCheck> PageChecker::Look(const Call& call,
                                                const v1::Publication& publication,
                                                absl::Duration time) {
  SA_ASSIGN_OR_RETURN(const auto approved, ReadPolicy(documents_, call, true));
  SA_ASSIGN_OR_RETURN(const page::PageReading reading, pages_.Read(publication.url(), time));
  v1::PageCheck check = domain::ComparePage(reading, approved);
  check.set_actor(call.Actor());
  return check;
}

absl::StatusOr<v1::PageCheck> PageChecker::Store(Transaction& tx, const std::string& publication,
                                                 v1::PageCheck check) {
  check.set_name(publication + "/pageChecks/" + NewId(tx.now()));
  return kPageChecks.Insert(tx, std::move(check));
}

// The due time stands in the key, so that the job that runs can ask for the next one.
absl::Status PageChecker::Schedule(Transaction& tx, const v1::Publication& publication,
                                   absl::Time due) {
  if (!domain::HasPolicyPage(publication)) return absl::OkStatus();
  return EnqueueJob(tx, kJob, absl::StrCat(publication.name(), "@", absl::ToUnixSeconds(due)),
                    std::max(absl::ZeroDuration(), due - tx.now()));
}

absl::Status PageChecker::Run(const Job& job) {
  const std::string name = job.key.substr(0, job.key.find('@'));
  SA_ASSIGN_OR_RETURN(Call call, host_.ServiceCall(job.organization, job.client, kJobTime));
  call.resource = name;
  SA_ASSIGN_OR_RETURN(
      const v1::Publication publication,
      host_.pool().Read(call, [&](Transaction& tx) { return kPublications.Get(tx, name); }));
  if (!domain::HasPolicyPage(publication)) return absl::OkStatus();
  SA_ASSIGN_OR_RETURN(const v1::PageCheck check, Look(call, publication, kPageTime));
  v1::CheckPageRequest request;
  request.set_name(name);
  return host_.pool()
      .Write(call, request,
             [&](Transaction& tx) -> absl::StatusOr<v1::PageCheck> {
               SA_RETURN_IF_ERROR(Schedule(tx, publication, NextDue(job, tx.now(), interval_)));
               return Store(tx, name, check);
             })
      .status();
}

}  // namespace staraction::declaration
