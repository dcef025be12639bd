resource "terraform_data" "policy" {
  input = jsonencode({
    Version = "2012-10-17"
    Statement = [for index, bucket in ["logs", "data"] : {
      Sid      = "S${index}"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = "arn:aws:s3:::${bucket}/*"
    }]
  })
}
output "actions" {
  value = distinct(flatten(jsondecode(terraform_data.policy.input).Statement[*].Action))
}
