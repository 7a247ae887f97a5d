#include "services/engagement/fact_collection.h"

#include <algorithm>
#include <future>

#include "common/base/clock.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/engagement/store/fact_sheets.h"
#include "services/engagement/store/operation.h"
#include "services/engagement/store/portfolio.h"
#include "services/engagement/store/roster.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {
constexpr char kCollectJob[] = "collect";
constexpr char kDayJob[] = "collect_day";
constexpr absl::Duration kCollectLimit = absl::Seconds(5);

const pg::Statement kIsErased("client_is_erased", R"(
  select from client where organization_id = $1 and client_id = $2 and erase_time is not null)");

absl::StatusOr<bool> IsErased(pg::Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kIsErased, {tx.organization(), tx.call().client()}));
  return !rows.empty();
}

}  // namespace

FactCollection::FactCollection(Host& host, const content::Library& library,
                               std::vector<std::string> peers)
    : host_(host), library_(library), peers_(std::move(peers)) {
  for (const std::string& peer : peers_) {
    stubs_[peer] = fact::v1::FactService::NewStub(host_.channel(peer));
  }
  host_.jobs().Add(kCollectJob, [this](const Job& job) { return Collect(job.key, job); });
  host_.jobs().Add(kDayJob, [this](const Job& job) { return Collect(host_.name(), job); });
}

grpc::ServerUnaryReactor* FactCollection::AnnounceChange(
    grpc::CallbackServerContext* context, const fact::v1::AnnounceChangeRequest* request,
    fact::v1::AnnounceChangeResponse* response) {
  return host_.rpc().Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<fact::v1::AnnounceChangeResponse> {
        SA_RETURN_IF_ERROR(host_.pool().Run(call, [&](pg::Transaction& tx) -> absl::Status {
          SA_RETURN_IF_ERROR(SaveAnnouncement(tx, request->service(), request->version()));
          return EnqueueJob(tx, kCollectJob, request->service(), absl::ZeroDuration());
        }));
        return fact::v1::AnnounceChangeResponse();
      });
}

absl::Status FactCollection::AnnounceOwn(const Job& job) {
  const Call call =
      SystemCall(host_.name(), job.organization, job.client, host_.clock()(), absl::Seconds(10));
  return host_.pool().Run(call, [&](pg::Transaction& tx) {
    return EnqueueJob(tx, kCollectJob, host_.name(), absl::ZeroDuration());
  });
}

absl::StatusOr<fact::v1::FactSheet> FactCollection::Ask(const std::string& service,
                                                        const Call& call) {
  if (service == host_.name()) return ReadFactSheet(host_.pool(), call, "", OwnFacts);
  const auto stub = stubs_.find(service);
  if (stub == stubs_.end()) return NotFound("services/" + service);
  fact::v1::CollectFactsRequest request;
  request.set_client(call.client_name());
  return CallPeer(call, *stub->second, &fact::v1::FactService::Stub::CollectFacts, request,
                  kCollectLimit);
}

absl::Status FactCollection::Store(const Call& call,
                                   const std::vector<fact::v1::FactSheet>& sheets) {
  return host_.pool().Run(call, [&](pg::Transaction& tx) -> absl::Status {
    for (const auto& sheet : sheets) SA_RETURN_IF_ERROR(SaveSheet(tx, sheet));
    SA_ASSIGN_OR_RETURN(const std::vector<v1::Engagement> engagements, OpenEngagements(tx));
    for (const v1::Engagement& engagement : engagements) {
      domain::Figures figures;
      SA_ASSIGN_OR_RETURN(const v1::Readiness readiness, Judge(tx, engagement, {}, &figures));
      SA_RETURN_IF_ERROR(SettleTasks(tx, engagement.name(), readiness));
      SA_RETURN_IF_ERROR(StoreSummary(tx, engagement.name(), readiness.summary(), figures));
    }
    return CollectOnChangeOfDay(tx);
  });
}

// Some facts change at midnight though nobody writes: what was due is overdue.
absl::Status FactCollection::CollectOnChangeOfDay(pg::Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const auto day, NextDayOfChange(tx));
  if (!day) return absl::OkStatus();
  const absl::Time midnight = absl::FromCivil(absl::CivilSecond(*day + 1), Tokyo());
  return EnqueueJob(tx, kDayJob, "", midnight - tx.now());
}

absl::Status FactCollection::Collect(const std::string& service, const Job& job) {
  SA_ASSIGN_OR_RETURN(const Call call,
                      host_.ServiceCall(job.organization, job.client, kCollectLimit));
  // Of an erased client nothing is asked any more.
  SA_ASSIGN_OR_RETURN(const bool erased,
                      host_.pool().Read(call, [](pg::Transaction& tx) { return IsErased(tx); }));
  if (erased) return absl::OkStatus();
  SA_ASSIGN_OR_RETURN(const fact::v1::FactSheet sheet, Ask(service, call));
  return Store(call, {sheet});
}

absl::Status FactCollection::CollectAll(const Call& caller, absl::Duration limit,
                                        std::vector<std::string>* silent) {
  SA_ASSIGN_OR_RETURN(Call call, host_.ServiceCall(caller.organization(), caller.client(), limit));
  call.trace = caller.trace;
  std::vector<std::string> services = peers_;
  services.push_back(host_.name());
  std::vector<std::future<absl::StatusOr<fact::v1::FactSheet>>> answers;
  answers.reserve(services.size());
  for (const std::string& service : services) {
    answers.push_back(
        std::async(std::launch::async, [this, service, &call] { return Ask(service, call); }));
  }
  std::vector<fact::v1::FactSheet> sheets;
  for (size_t i = 0; i < answers.size(); ++i) {
    auto sheet = answers[i].get();
    if (sheet.ok()) {
      sheets.push_back(*std::move(sheet));
    } else {
      silent->push_back(services[i]);
    }
  }
  return Store(call, sheets);
}

absl::StatusOr<v1::Readiness> FactCollection::Judge(pg::Transaction& tx,
                                                    const v1::Engagement& engagement,
                                                    const std::vector<std::string>& silent,
                                                    domain::Figures* figures) const {
  const auto* criteria = library_.FindCriteriaSet(engagement.editions().criteria_set());
  if (criteria == nullptr)
    return Internal("criteria set not loaded: " + engagement.editions().criteria_set());
  SA_ASSIGN_OR_RETURN(StoredFacts stored, LoadFacts(tx));
  for (const std::string& service : silent) stored.sheets.erase(service);
  SA_ASSIGN_OR_RETURN(
      const std::vector<v1::RosterEntry> roster,
      RosterOn(tx, library_, engagement.name(), v1::ROSTER_PURPOSE_TRAINING, TokyoDay(tx.now())));
  domain::AddTrainingCoverage(engagement.name(), roster, stored.sheets);
  if (figures != nullptr) *figures = domain::FiguresOf(engagement.name(), stored.sheets);
  v1::Readiness readiness = domain::Evaluate(
      engagement.name(), *criteria, stored.sheets, [this](const std::string& code) {
        const auto* fact = library_.FindFactCode(code);
        return fact == nullptr ? std::string() : fact->service();
      });
  for (auto& source : *readiness.mutable_sources()) {
    source.set_stale(stored.announced.contains(source.service()));
  }
  for (const std::string& service : silent) {
    auto* source = readiness.add_sources();
    source->set_service(service);
    source->set_silent(true);
  }
  return readiness;
}

absl::StatusOr<bool> FactCollection::Declared(pg::Transaction& tx,
                                              const v1::Engagement& engagement) const {
  SA_ASSIGN_OR_RETURN(const StoredFacts stored, LoadFacts(tx));
  const auto sheet = stored.sheets.find("declaration");
  if (sheet == stored.sheets.end()) return false;
  for (const auto& fact : sheet->second.facts()) {
    const bool ours = fact.engagement().empty() || fact.engagement() == engagement.name();
    if (ours && fact.code() == "declaration.state" && fact.text() == "ISSUED") return true;
  }
  return false;
}

}  // namespace staraction::engagement
