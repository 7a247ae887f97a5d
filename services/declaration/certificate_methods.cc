#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"
#include "services/declaration/campaign_service.h"
#include "services/declaration/domain/certificate.h"
#include "services/declaration/store/pledges.h"
#include "services/declaration/store/scans.h"

// What CampaignService shows of the record of a pledge: certificate, seal, scan.
namespace staraction::declaration {
namespace {

using pg::Transaction;

const v1::Scan* FindScan(const std::vector<v1::PledgeEvent>& events, const std::string& id) {
  for (const auto& event : events) {
    if (event.has_scan() && event.scan().id() == id) return &event.scan();
  }
  return nullptr;
}

bool IsSignature(const v1::PledgeEvent& event) {
  return event.kind() == v1::PledgeEvent::KIND_SIGNED ||
         event.kind() == v1::PledgeEvent::KIND_RECORDED;
}

// The certificate of each signature, the latest first, and whether it holds.
struct Certified {
  v1::PledgeCertificate certificate;
  bool current;
};
std::vector<Certified> Certificates(const v1::Campaign& campaign, const v1::Pledge& pledge,
                                    const std::vector<v1::PledgeEvent>& events) {
  std::vector<Certified> certificates;
  bool current = pledge.state() == v1::Pledge::STATE_PLEDGED;
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (!IsSignature(*event)) continue;
    certificates.push_back({domain::CertificateOf(campaign, pledge, *event), current});
    current = false;
  }
  return certificates;
}

absl::StatusOr<std::vector<Certified>> ReadCertificates(Transaction& tx, const std::string& name) {
  SA_ASSIGN_OR_RETURN(const v1::Pledge pledge, kPledges.Get(tx, name));
  SA_ASSIGN_OR_RETURN(const v1::Campaign campaign,
                      kCampaigns.Get(tx, name.substr(0, name.find("/pledges/"))));
  SA_ASSIGN_OR_RETURN(const auto events, kPledgeEvents.List(tx, name));
  auto certificates = Certificates(campaign, pledge, events);
  for (Certified& each : certificates) {
    *each.certificate.mutable_issue_time() = ToTimestamp(tx.now());
  }
  return certificates;
}

}  // namespace

grpc::ServerUnaryReactor* CampaignService::GetPledgeCertificate(
    grpc::CallbackServerContext* context, const v1::GetPledgeCertificateRequest* request,
    v1::PledgeCertificate* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::PledgeCertificate> {
      SA_ASSIGN_OR_RETURN(auto certificates, ReadCertificates(tx, request->name()));
      if (certificates.empty() || !certificates.front().current) {
        return CriteriaUnmet(request->name(),
                             {{"state", "there is no pledge that holds, so nothing to certify",
                               "有効な誓約がないため、証明書は作れません"}});
      }
      return std::move(certificates.front().certificate);
    });
  });
}

grpc::ServerUnaryReactor* CampaignService::VerifyPledgeCertificate(
    grpc::CallbackServerContext* context, const v1::VerifyPledgeCertificateRequest* request,
    v1::VerifyPledgeCertificateResponse* response) {
  using Response = v1::VerifyPledgeCertificateResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        const std::string seal = domain::ReadSeal(request->seal());
        if (seal.empty()) {
          return InvalidField("seal", "wanted 64 hexadecimal digits", "確認値は64桁の16進数です");
        }
        return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
          SA_ASSIGN_OR_RETURN(auto certificates, ReadCertificates(tx, request->name()));
          Response answer;
          answer.set_standing(Response::STANDING_UNKNOWN);
          for (Certified& each : certificates) {
            if (each.certificate.seal() != seal) continue;
            answer.set_standing(each.current ? Response::STANDING_CURRENT
                                             : Response::STANDING_EARLIER);
            *answer.mutable_certificate() = std::move(each.certificate);
            break;
          }
          return answer;
        });
      });
}

grpc::ServerUnaryReactor* CampaignService::DownloadPledgeScan(
    grpc::CallbackServerContext* context, const v1::DownloadPledgeScanRequest* request,
    google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<google::api::HttpBody> {
      SA_ASSIGN_OR_RETURN(const v1::Pledge pledge, kPledges.Get(tx, request->name()));
      SA_ASSIGN_OR_RETURN(const auto events, kPledgeEvents.List(tx, pledge.name()));
      const std::string& id =
          request->scan().empty() ? pledge.signature().scan().id() : request->scan();
      const v1::Scan* scan = id.empty() ? nullptr : FindScan(events, id);
      if (scan == nullptr) return NotFound(pledge.name() + ":downloadScan");
      google::api::HttpBody body;
      body.set_content_type(scan->media_type());
      SA_ASSIGN_OR_RETURN(*body.mutable_data(), ReadScan(tx, id));
      return body;
    });
  });
}

}  // namespace staraction::declaration
