#include "services/declaration/pledge_scan_service.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/declaration/campaign_service.h"
#include "services/declaration/domain/campaign.h"
#include "services/declaration/domain/pledge.h"
#include "services/declaration/domain/sheet.h"
#include "services/declaration/scan_time.h"
#include "services/declaration/store/pledges.h"
#include "services/declaration/store/scans.h"

namespace staraction::declaration {
namespace {

using pg::Transaction;
using Scan = v1::PledgeScan;

domain::Act ActOf(const Call& call) {
  return {call.Actor(), call.now};
}

v1::PledgeScan Complete(v1::PledgeScan scan) {
  domain::SetActions(scan);
  return scan;
}

absl::Status CheckUpload(const v1::UploadPledgeScansRequest& request, const domain::Act& act) {
  SA_RETURN_IF_ERROR(domain::CheckPaperDate(request.effective_date(), act));
  for (int i = 0; i < request.files_size(); ++i) {
    const std::string path = absl::StrCat("files[", i, "].");
    SA_RETURN_IF_ERROR(domain::CheckScan(request.files(i).data(), request.files(i).media_type(),
                                         {path + "data", path + "media_type"}));
  }
  return absl::OkStatus();
}

// Records pledges from sheets of one campaign, inside a transaction that holds it.
class Recorder {
 public:
  // `campaign` is complete.
  Recorder(Transaction& tx, const v1::Campaign& campaign, const domain::Act& act)
      : tx_(tx), campaign_(campaign), act_(act), awaits_president_(campaign.awaits_president()) {}

  // The pledge that a sheet's code names; its outcome is set if there is none to be recorded.
  absl::StatusOr<std::optional<v1::Pledge>> Find(Scan::Sheet& sheet) {
    const std::string member = domain::MemberOf(sheet);
    if (member.empty()) return std::optional<v1::Pledge>();
    auto pledge = kPledges.Lock(tx_, campaign_.name() + "/pledges/" + member);
    if (absl::IsNotFound(pledge.status())) {
      domain::Conclude(Scan::OUTCOME_NOT_ON_LIST, sheet);
      return std::optional<v1::Pledge>();
    }
    SA_RETURN_IF_ERROR(pledge.status());
    Name(*pledge, sheet);
    if (domain::CheckAction(*pledge, campaign_, "record").ok()) return *std::move(pledge);
    domain::Conclude(Scan::OUTCOME_ALREADY_PLEDGED, sheet);
    return std::optional<v1::Pledge>();
  }

  absl::Status Record(const Scan& scan, const google::type::Date& date, v1::Pledge pledge,
                      Scan::Sheet& sheet) {
    domain::Paper paper{date, scan.scan(), awaits_president_};
    paper.scan.set_page(sheet.page());
    const auto event = domain::Record(paper, campaign_, act_, pledge);
    SA_RETURN_IF_ERROR(kPledgeEvents.Append(tx_, pledge.name(), event));
    if (pledge.president()) awaits_president_ = false;
    Name(pledge, sheet);
    return kPledges.Update(tx_, std::move(pledge)).status();
  }

 private:
  static void Name(const v1::Pledge& pledge, Scan::Sheet& sheet) {
    sheet.set_pledge(pledge.name());
    sheet.set_display_name(pledge.display_name());
  }

  Transaction& tx_;
  const v1::Campaign& campaign_;
  const domain::Act act_;
  bool awaits_president_;
};

// Records what the codes say. The president's sheet first, wherever it lies in the heap, so that
// nobody's record says that they were before.
absl::Status RecordSheets(Recorder& recorder, std::vector<Scan>& scans) {
  for (const bool president : {true, false}) {
    for (Scan& scan : scans) {
      for (Scan::Sheet& sheet : *scan.mutable_sheets()) {
        SA_ASSIGN_OR_RETURN(auto pledge, recorder.Find(sheet));
        if (!pledge || (president && !pledge->president())) continue;
        SA_RETURN_IF_ERROR(recorder.Record(scan, scan.effective_date(), *std::move(pledge), sheet));
        domain::Conclude(Scan::OUTCOME_RECORDED, sheet);
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Scan>> StoreFiles(Transaction& tx,
                                             const v1::UploadPledgeScansRequest& request,
                                             const std::vector<paper::ScannedPages>& pages,
                                             const v1::Campaign& campaign) {
  std::vector<Scan> scans;
  for (int i = 0; i < request.files_size(); ++i) {
    const auto& file = request.files(i);
    Scan& scan = scans.emplace_back();
    scan.set_name(request.parent() + "/pledgeScans/" + NewId(tx.now()));
    scan.set_file_name(file.file_name());
    *scan.mutable_effective_date() = request.effective_date();
    scan.set_recorded_by(tx.call().Actor());
    SA_ASSIGN_OR_RETURN(*scan.mutable_scan(),
                        StoreScan(tx, file.data(), file.media_type(), request.effective_date()));
    for (auto& sheet : domain::NewSheets(pages[static_cast<size_t>(i)], campaign)) {
      *scan.add_sheets() = std::move(sheet);
    }
  }
  return scans;
}

absl::StatusOr<v1::UploadPledgeScansResponse> Answer(Transaction& tx, std::vector<Scan> scans) {
  v1::UploadPledgeScansResponse answer;
  int recorded = 0;
  int open = 0;
  for (Scan& scan : scans) {
    domain::SetState(scan);
    open += domain::OpenSheets(scan);
    for (const auto& sheet : scan.sheets()) {
      if (sheet.outcome() == Scan::OUTCOME_RECORDED) ++recorded;
    }
    SA_ASSIGN_OR_RETURN(scan, kPledgeScans.Insert(tx, std::move(scan)));
    *answer.add_pledge_scans() = Complete(std::move(scan));
  }
  answer.set_recorded_count(recorded);
  answer.set_open_count(open);
  return answer;
}

}  // namespace

absl::StatusOr<std::vector<paper::ScannedPages>> PledgeScanService::ReadFiles(
    const Call& call, const v1::UploadPledgeScansRequest& request) const {
  const absl::Time end = clock_() + (call.deadline - call.now) / 2;
  std::vector<paper::ScannedPages> pages;
  for (const auto& file : request.files()) {
    const absl::Duration left = std::min(end - clock_(), TimeForScan(call));
    SA_ASSIGN_OR_RETURN(pages.emplace_back(), scans_.Read(file.data(), file.media_type(), left));
  }
  return pages;
}

template <typename Request>
absl::StatusOr<v1::PledgeScan> PledgeScanService::ActOnScan(const Call& call,
                                                            const Request& request,
                                                            const ScanAct& act) {
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::PledgeScan> {
    const std::string parent = request.name().substr(0, request.name().find("/pledgeScans/"));
    SA_ASSIGN_OR_RETURN(v1::Campaign campaign, kCampaigns.Lock(tx, parent));
    SA_ASSIGN_OR_RETURN(campaign, CompleteCampaign(tx, std::move(campaign)));
    SA_ASSIGN_OR_RETURN(v1::PledgeScan scan, kPledgeScans.Lock(tx, request.name()));
    SA_RETURN_IF_ERROR(CheckEtag(request.etag(), scan.etag(), scan.name()));
    SA_RETURN_IF_ERROR(act(tx, campaign, scan));
    domain::SetState(scan);
    SA_ASSIGN_OR_RETURN(scan, kPledgeScans.Update(tx, std::move(scan)));
    return Complete(std::move(scan));
  });
}

grpc::ServerUnaryReactor* PledgeScanService::UploadPledgeScans(
    grpc::CallbackServerContext* context, const v1::UploadPledgeScansRequest* request,
    v1::UploadPledgeScansResponse* response) {
  using Response = v1::UploadPledgeScansResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        SA_RETURN_IF_ERROR(CheckUpload(*request, ActOf(call)));
        SA_ASSIGN_OR_RETURN(const auto pages, ReadFiles(call, *request));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<Response> {
          SA_ASSIGN_OR_RETURN(v1::Campaign campaign, kCampaigns.Lock(tx, request->parent()));
          SA_ASSIGN_OR_RETURN(campaign, CompleteCampaign(tx, std::move(campaign)));
          SA_RETURN_IF_ERROR(domain::CheckOpened(campaign, "pledgeScans:upload"));
          SA_ASSIGN_OR_RETURN(auto scans, StoreFiles(tx, *request, pages, campaign));
          Recorder recorder(tx, campaign, ActOf(call));
          SA_RETURN_IF_ERROR(RecordSheets(recorder, scans));
          return Answer(tx, std::move(scans));
        });
      });
}

grpc::ServerUnaryReactor* PledgeScanService::GetPledgeScan(grpc::CallbackServerContext* context,
                                                           const v1::GetPledgeScanRequest* request,
                                                           v1::PledgeScan* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::PledgeScan> {
      SA_ASSIGN_OR_RETURN(v1::PledgeScan scan, kPledgeScans.Get(tx, request->name()));
      return Complete(std::move(scan));
    });
  });
}

grpc::ServerUnaryReactor* PledgeScanService::ListPledgeScans(
    grpc::CallbackServerContext* context, const v1::ListPledgeScansRequest* request,
    v1::ListPledgeScansResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListPledgeScansResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kPledgeScans.List(tx, request->parent(), *request));
      for (v1::PledgeScan& scan : page.items) domain::SetActions(scan);
      return pg::ToResponse(std::move(page), &v1::ListPledgeScansResponse::mutable_pledge_scans);
    });
  });
}

grpc::ServerUnaryReactor* PledgeScanService::AssignPledgeSheet(
    grpc::CallbackServerContext* context, const v1::AssignPledgeSheetRequest* request,
    v1::PledgeScan* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnScan(
        call, *request,
        [&](Transaction& tx, const v1::Campaign& campaign, v1::PledgeScan& scan) -> absl::Status {
          const domain::Act act = ActOf(call);
          const auto& date =
              request->has_effective_date() ? request->effective_date() : scan.effective_date();
          SA_RETURN_IF_ERROR(domain::CheckPaperDate(date, act));
          SA_RETURN_IF_ERROR(domain::CheckOwnPledge(request->pledge(), campaign));
          SA_ASSIGN_OR_RETURN(auto* sheet, domain::FindOpenSheet(scan, request->page(), true));
          SA_ASSIGN_OR_RETURN(v1::Pledge pledge, kPledges.Lock(tx, request->pledge()));
          SA_RETURN_IF_ERROR(domain::CheckAction(pledge, campaign, "record"));
          domain::Resolve(Scan::OUTCOME_ASSIGNED, act, *sheet);
          return Recorder(tx, campaign, act).Record(scan, date, std::move(pledge), *sheet);
        });
  });
}

grpc::ServerUnaryReactor* PledgeScanService::DiscardPledgeSheet(
    grpc::CallbackServerContext* context, const v1::DiscardPledgeSheetRequest* request,
    v1::PledgeScan* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnScan(call, *request,
                     [&](Transaction&, const v1::Campaign&, v1::PledgeScan& scan) -> absl::Status {
                       SA_ASSIGN_OR_RETURN(auto* sheet,
                                           domain::FindOpenSheet(scan, request->page(), false));
                       domain::Resolve(Scan::OUTCOME_DISCARDED, ActOf(call), *sheet);
                       sheet->set_reason(request->reason());
                       return absl::OkStatus();
                     });
  });
}

grpc::ServerUnaryReactor* PledgeScanService::DownloadPledgeScanFile(
    grpc::CallbackServerContext* context, const v1::DownloadPledgeScanFileRequest* request,
    google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<google::api::HttpBody> {
      SA_ASSIGN_OR_RETURN(const v1::PledgeScan scan, kPledgeScans.Get(tx, request->name()));
      google::api::HttpBody body;
      body.set_content_type(scan.scan().media_type());
      SA_ASSIGN_OR_RETURN(*body.mutable_data(), ReadScan(tx, scan.scan().id()));
      return body;
    });
  });
}

}  // namespace staraction::declaration
