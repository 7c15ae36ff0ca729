window.YTD.account.part0 = [
  {
    "account": {
      "email": "ann@example.org",
      "createdVia": "web",
      "username": "ann",
      "accountId": "101",
      "createdAt": "2010-01-01T00:00:00.000Z",
      "accountDisplayName": "Ann Lee"
    }
  }
]