#include "services/declaration/campaign_keeper.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/name.h"
#include "services/declaration/domain/campaign.h"
#include "services/declaration/store/pledges.h"

namespace staraction::declaration {
namespace {

using pg::Transaction;

constexpr char kJob[] = "keep_campaigns";
constexpr absl::Duration kTime = absl::Seconds(40);

bool IsRolling(const v1::Campaign& campaign) {
  return campaign.state() == v1::Campaign::STATE_OPEN &&
         campaign.enrolment() == v1::Campaign::ENROLMENT_ROLLING;
}

bool IsAboutPolicy(const v1::Campaign& campaign) {
  return campaign.subject() == v1::Campaign::SUBJECT_POLICY && !campaign.has_outdated_time();
}

// The due time stands in the key, so that the job that runs can ask for the next one.
absl::Status Enqueue(Transaction& tx, absl::Time due) {
  return EnqueueJob(tx, kJob, absl::StrCat("@", absl::ToUnixSeconds(due)),
                    std::max(absl::ZeroDuration(), due - tx.now()));
}

// At whole intervals, however often somebody asks: there is one next job of a client.
absl::Time NextDue(absl::Time now, absl::Duration interval) {
  const int64_t seconds = absl::ToInt64Seconds(interval);
  return absl::FromUnixSeconds((absl::ToUnixSeconds(now) / seconds + 1) * seconds);
}

absl::Status StoreChanges(Transaction& tx, const v1::Campaign& campaign,
                          domain::ListChanges changes) {
  std::vector<v1::Pledge> joined;
  std::vector<std::pair<std::string, v1::PledgeEvent>> events;
  for (auto& [pledge, event] : changes.joined) {
    pledge.set_name(campaign.name() + "/pledges/" + LastId(pledge.member()));
    events.emplace_back(pledge.name(), std::move(event));
    joined.push_back(std::move(pledge));
  }
  SA_RETURN_IF_ERROR(kPledges.InsertAll(tx, joined));
  for (auto& [pledge, event] : changes.changed) {
    events.emplace_back(pledge.name(), std::move(event));
    SA_RETURN_IF_ERROR(kPledges.Update(tx, std::move(pledge)).status());
  }
  return kPledgeEvents.AppendAll(tx, events);
}

}  // namespace

CampaignKeeper::CampaignKeeper(Host& host, EngagementReader& engagements, DocumentReader& documents,
                               absl::Duration interval)
    : host_(host), engagements_(engagements), documents_(documents), interval_(interval) {
  host_.slow_jobs().Add(kJob, [this](const Job& job) { return Run(job); });
}

absl::Status CampaignKeeper::Schedule(Transaction& tx, const v1::Campaign& campaign) {
  if (!IsRolling(campaign) && !IsAboutPolicy(campaign)) return absl::OkStatus();
  return Enqueue(tx, tx.now());
}

absl::StatusOr<v1::Campaign> CampaignKeeper::Refresh(
    Transaction& tx, const std::vector<domain::RosterPerson>& roster, const domain::Act& act,
    v1::Campaign campaign) {
  SA_ASSIGN_OR_RETURN(const auto list, ReadPledges(tx, campaign.name()));
  SA_RETURN_IF_ERROR(
      StoreChanges(tx, campaign, domain::CompareForChange(list, roster, campaign, act)));
  *campaign.mutable_roster_time() = ToTimestamp(tx.now());
  return kCampaigns.Update(tx, std::move(campaign));
}

absl::Status CampaignKeeper::Run(const Job& job) {
  SA_ASSIGN_OR_RETURN(const Call call, host_.ServiceCall(job.organization, job.client, kTime));
  SA_ASSIGN_OR_RETURN(const auto campaigns, host_.pool().Read(call, [](Transaction& tx) {
    return ReadKeptCampaigns(tx);
  }));
  if (campaigns.empty()) return absl::OkStatus();  // and no job until the next one is opened
  for (const v1::Campaign& campaign : campaigns) {
    if (IsRolling(campaign)) SA_RETURN_IF_ERROR(FollowRoster(call, campaign));
  }
  SA_RETURN_IF_ERROR(MarkOutdated(call, campaigns));
  return host_.pool().Run(
      call, [this](Transaction& tx) { return Enqueue(tx, NextDue(tx.now(), interval_)); });
}

// Nothing is written where nothing changed: a write is announced, and has everybody's facts read.
absl::Status CampaignKeeper::FollowRoster(const Call& call, const v1::Campaign& campaign) {
  SA_ASSIGN_OR_RETURN(const auto roster,
                      engagements_.ReadRoster(call, EngagementOf(campaign.name())));
  const domain::Act act{call.Actor(), call.now};
  SA_ASSIGN_OR_RETURN(const auto list, host_.pool().Read(call, [&](Transaction& tx) {
    return ReadPledges(tx, campaign.name());
  }));
  const domain::ListChanges changes = domain::CompareForChange(list, roster, campaign, act);
  if (changes.joined.empty() && changes.changed.empty()) return absl::OkStatus();
  v1::RefreshCampaignRosterRequest request;
  request.set_name(campaign.name());
  return host_.pool()
      .Write(call, request,
             [&](Transaction& tx) -> absl::StatusOr<v1::Campaign> {
               SA_ASSIGN_OR_RETURN(v1::Campaign locked, kCampaigns.Lock(tx, campaign.name()));
               if (!IsRolling(locked)) return locked;
               return Refresh(tx, roster, act, std::move(locked));
             })
      .status();
}

absl::Status CampaignKeeper::MarkOutdated(const Call& call,
                                          const std::vector<v1::Campaign>& campaigns) {
  if (std::none_of(campaigns.begin(), campaigns.end(), IsAboutPolicy)) return absl::OkStatus();
  SA_ASSIGN_OR_RETURN(const auto approved, ReadPledged(documents_, call, false));
  for (const v1::Campaign& campaign : campaigns) {
    if (!IsAboutPolicy(campaign) || !domain::IsOutdated(campaign, approved)) continue;
    v1::GetCampaignRequest request;
    request.set_name(campaign.name());
    SA_RETURN_IF_ERROR(host_.pool()
                           .Write(call, request,
                                  [&](Transaction& tx) -> absl::StatusOr<v1::Campaign> {
                                    SA_ASSIGN_OR_RETURN(v1::Campaign locked,
                                                        kCampaigns.Lock(tx, campaign.name()));
                                    *locked.mutable_outdated_time() = ToTimestamp(tx.now());
                                    return kCampaigns.Update(tx, std::move(locked));
                                  })
                           .status());
  }
  return absl::OkStatus();
}

}  // namespace staraction::declaration
